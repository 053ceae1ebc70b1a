import {defineErrors} from '@banli/errors';

/** Refusals of notices and of the way out for text messages. */
export const messageErrors = defineErrors('MESSAGES', {
  NOTICE_UNKNOWN: {status: 404, message: 'There is no such notice for you.', zh: '没有这条通知。'},
  NUMBER_REFUSED: {status: 422, message: 'The gateway refuses this number ({reason}).', zh: '短信网关拒绝该号码（{reason}）。'},
  NUMBER_BLOCKED: {status: 422, message: 'This number takes no messages ({reason}).', zh: '该号码已拒收短信（{reason}）。'},
  TEMPLATE_REFUSED: {status: 422, message: 'The gateway refuses the template or signature of "{kind}" ({reason}).', zh: '短信网关拒绝“{kind}”的模板或签名（{reason}）。'},
  NOT_WANTED: {status: 409, message: 'The matter was settled before the message went out.', zh: '事项已处理，短信未发出。'},
  GATEWAY_BUSY: {status: 503, message: 'The gateway takes no more messages for the moment.', zh: '短信网关暂时不接收更多短信。'},
  GATEWAY_DOWN: {status: 503, message: 'The gateway failed ({reason}).', zh: '短信网关故障（{reason}）。'},
  GATEWAY_SILENT: {status: 503, message: 'The gateway did not answer within {seconds} seconds.', zh: '短信网关 {seconds} 秒内未应答。'},
});
