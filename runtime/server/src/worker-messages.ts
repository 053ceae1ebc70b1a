import type {WorkerMessages} from '@banli/workers';
import type {Platform} from './platform.js';

/** Brings what workers send to the channel it names: text messages to the gateway's queue, the rest to the person's notices. */
export function workerMessages({sms, notices}: Pick<Platform, 'sms' | 'notices'>): WorkerMessages {
  return {
    async send(tx, message) {
      if (message.channel === 'sms') {
        await sms.send(tx, {key: message.key, phone: message.recipient, text: message.body, kind: message.kind, caseId: message.caseId, at: message.at, title: message.title});
      } else {
        await notices.notify(tx, {personIds: [message.recipient], kind: message.kind, title: message.title, body: {'zh-CN': message.body}, caseId: message.caseId, at: message.at});
      }
    },
  };
}
