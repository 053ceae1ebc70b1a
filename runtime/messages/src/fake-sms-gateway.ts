import {sleep, systemClock, type Clock} from '@banli/time';
import {messageErrors} from './errors.js';
import type {SmsGateway, SmsMessage} from './sms-gateway.js';

/** A gateway that sends nothing, for trials and demonstrations; `accepted` holds what it took, oldest first. */
export interface FakeSmsGateway extends SmsGateway {
  accepted(): readonly SmsMessage[];
}

/** How the ids of messages begin that never left the house. */
export const trialPrefix = 'trial-';

/** What is kept for looking at; older messages are dropped. */
const mostKept = 1000;

/** What the network says of a number's messages, by how it ends; anything else arrives. */
const receipts: Readonly<Record<string, {readonly arrived: boolean; readonly code: string} | null>> = {
  '0410': {arrived: false, code: 'MOBILE_NOT_ON_SERVICE'},
  '0411': {arrived: false, code: 'MOBILE_TERMINAL_ERROR'},
  '0202': null,
};

/**
 * Makes a gateway that fails as real ones do: it refuses what is no mobile number, numbers ending in 0404 (unknown) and 0403 (they want
 * no messages), and kinds without an approved template; takes ten messages a day for a number ending in 0429 only; stays silent for numbers ending in 0408, loses
 * its answer once for 0504 though the message went, fails twice for 0503, and takes at most `perSecond` messages in a second. Receipts: not reached (0410, 0411), never told (0202).
 * It does not look at our id: who hands over twice without asking sends twice.
 */
export function createFakeSmsGateway(clock: Clock = systemClock, perSecond = 50, options: {readonly refusedKinds?: readonly string[]} = {}): FakeSmsGateway {
  const accepted: Array<SmsMessage & {readonly gatewayId: string}> = [];
  const failures = new Map<string, number>();
  let second = {start: 0, count: 0};
  const has = (id: string) => accepted.find(each => each.id === id);
  const count = (key: string) => {
    failures.set(key, (failures.get(key) ?? 0) + 1);
    return failures.get(key) ?? 0;
  };
  return {
    accepted: () => accepted,
    async send(message, signal) {
      const known = message.doubtfulAt === null ? undefined : has(message.id);
      if (known) return {gatewayId: known.gatewayId};
      if (clock.now() - second.start >= 1000) second = {start: clock.now(), count: 0};
      second.count += 1;
      if (second.count > perSecond) throw messageErrors.GATEWAY_BUSY();
      if (options.refusedKinds?.includes(message.kind)) throw messageErrors.TEMPLATE_REFUSED({kind: message.kind, reason: 'isv.SMS_TEMPLATE_ILLEGAL'});
      if (!/^1[3-9]\d{9}$/.test(message.phone)) throw messageErrors.NUMBER_REFUSED({reason: 'isv.MOBILE_NUMBER_ILLEGAL'});
      const end = message.phone.slice(-4);
      if (end === '0404') throw messageErrors.NUMBER_REFUSED({reason: 'unknown'});
      if (end === '0403') throw messageErrors.NUMBER_BLOCKED({reason: 'blacklist'});
      if (end === '0408') await sleep(24 * 3_600_000, signal);
      if (end === '0503' && count(message.id) <= 2) throw messageErrors.GATEWAY_DOWN({reason: 'isp.SYSTEM_ERROR'});
      if (end === '0429' && count(`${message.phone} ${Math.floor(clock.now() / 86_400_000)}`) > 10) throw messageErrors.GATEWAY_BUSY();
      if (signal.aborted) throw messageErrors.GATEWAY_DOWN({reason: 'aborted'});
      const gatewayId = `${trialPrefix}${message.id}-${accepted.length}`;
      accepted.push({...message, gatewayId});
      if (accepted.length > mostKept) accepted.shift();
      if (end === '0504' && count(message.id) === 1) await sleep(24 * 3_600_000, signal);
      return {gatewayId};
    },
    async receipt({id, phone}) {
      const told = receipts[phone.slice(-4)];
      if (!has(id) || told === null) return null;
      return {...(told ?? {arrived: true, code: 'DELIVERED'}), at: clock.now()};
    },
  };
}
