import {sleep, systemClock, type Clock} from '@banli/time';
import {messageErrors} from './errors.js';
import type {SmsGateway, SmsMessage} from './sms-gateway.js';

/** A gateway that sends nothing, for trials and demonstrations; `accepted` holds what it took, oldest first. */
export interface FakeSmsGateway extends SmsGateway {
  accepted(): readonly SmsMessage[];
}

/** What is kept for looking at; older messages are dropped. */
const mostKept = 1000;

/**
 * Makes a gateway that fails as a real one: it refuses what is no mobile number and numbers ending in 0404 (unknown), stays
 * silent for numbers ending in 0408, fails twice for those ending in 0503, and takes at most `perSecond` messages in a second.
 */
export function createFakeSmsGateway(clock: Clock = systemClock, perSecond = 50): FakeSmsGateway {
  const accepted = new Map<string, SmsMessage>();
  const failures = new Map<string, number>();
  let second = {start: 0, count: 0};
  return {
    accepted: () => [...accepted.values()],
    async send(message, signal) {
      if (accepted.has(message.id)) return {gatewayId: `fake-${message.id}`};
      if (clock.now() - second.start >= 1000) second = {start: clock.now(), count: 0};
      second.count += 1;
      if (second.count > perSecond) throw messageErrors.GATEWAY_BUSY();
      if (!/^1[3-9]\d{9}$/.test(message.phone)) throw messageErrors.NUMBER_REFUSED({reason: 'format'});
      if (message.phone.endsWith('0404')) throw messageErrors.NUMBER_REFUSED({reason: 'unknown'});
      if (message.phone.endsWith('0408')) await sleep(24 * 3_600_000, signal);
      const failed = failures.get(message.id) ?? 0;
      if (message.phone.endsWith('0503') && failed < 2) {
        failures.set(message.id, failed + 1);
        throw messageErrors.GATEWAY_DOWN({reason: 'maintenance'});
      }
      if (signal.aborted) throw messageErrors.GATEWAY_DOWN({reason: 'aborted'});
      accepted.set(message.id, message);
      for (const oldest of accepted.keys()) if (accepted.size > mostKept) accepted.delete(oldest);
      return {gatewayId: `fake-${message.id}`};
    },
  };
}
