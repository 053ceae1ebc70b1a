import {defineErrors} from '@banli/errors';

/** Refusals of notices and of the way out for text messages. */
export const messageErrors = defineErrors('MESSAGES', {
  NOTICE_UNKNOWN: {status: 404, message: 'There is no such notice for you.', zh: '没有这条通知。'},
  NUMBER_REFUSED: {status: 422, message: 'The gateway refuses this number ({reason}).', zh: '短信网关拒绝该号码（{reason}）。'},
  GATEWAY_BUSY: {status: 503, message: 'The gateway takes no more messages for the moment.', zh: '短信网关暂时不接收更多短信。'},
  GATEWAY_DOWN: {status: 503, message: 'The gateway failed ({reason}).', zh: '短信网关故障（{reason}）。'},
  GATEWAY_SILENT: {status: 503, message: 'The gateway did not answer within {seconds} seconds.', zh: '短信网关 {seconds} 秒内未应答。'},
});
