import {formatMoment} from '@banli/time';
import type {WorkerMessages} from '@banli/workers';
import type {Platform} from './platform.js';

/** Brings what workers send to the channel it names: text messages to the gateway's queue, the rest to the person's notices. */
export function workerMessages({sms, notices}: Pick<Platform, 'sms' | 'notices'>): WorkerMessages {
  return {
    async send(tx, message) {
      if (message.channel === 'sms') {
        await sms.send(tx, {key: message.key, phone: message.recipient, text: message.body, params: paramsOf(message.data), kind: message.kind, caseId: message.caseId, at: message.at, title: message.title});
      } else {
        await notices.notify(tx, {personIds: [message.recipient], kind: message.kind, title: message.title, body: {'zh-CN': message.body}, caseId: message.caseId, at: message.at});
      }
    },
  };
}

/** What a message says, by name, as words: moments as `2026-11-22 09:30`, no lists or objects. */
function paramsOf(data: Readonly<Record<string, unknown>>): Record<string, string> {
  const params: Record<string, string> = {};
  for (const [name, value] of Object.entries(data)) {
    if (typeof value === 'string') params[name] = value;
    if (typeof value === 'number') params[name] = name.endsWith('At') ? formatMoment(value) : String(value);
  }
  return params;
}
