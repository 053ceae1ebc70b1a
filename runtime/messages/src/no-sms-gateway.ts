import {messageErrors} from './errors.js';
import type {SmsGateway} from './sms-gateway.js';

/** Sends nothing and says so: every message ends as not sent, visible at its case. */
export function createNoSmsGateway(): SmsGateway {
  return {
    send: () => Promise.reject(messageErrors.CHANNEL_NONE()),
    receipt: async () => null,
  };
}
