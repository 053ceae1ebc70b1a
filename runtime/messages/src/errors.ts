import {defineErrors} from '@banli/errors';

/** Refusals of notices and of the way out for text messages. */
export const messageErrors = defineErrors('MESSAGES', {
  NOTICE_UNKNOWN: {status: 404, message: 'There is no such notice for you.', zh: '没有这条通知。'},
  NUMBER_REFUSED: {status: 422, message: 'The gateway refuses this number ({reason}).', zh: '短信网关拒绝该号码（{reason}）。'},
  NUMBER_BLOCKED: {status: 422, message: 'This number takes no messages ({reason}).', zh: '该号码已拒收短信（{reason}）。'},
  TEMPLATE_REFUSED: {status: 422, message: 'The gateway refuses the template or signature of "{kind}" ({reason}).', zh: '短信网关拒绝“{kind}”的模板或签名（{reason}）。'},
  NOT_WANTED: {status: 409, message: 'The matter was settled before the message went out.', zh: '事项已处理，短信未发出。'},
  CONTENT_REFUSED: {status: 422, message: 'The provider refuses what the message says ({reason}). Change the words or the template.', zh: '短信内容被短信服务拒绝（{reason}），请修改内容或模板。'},
  TEMPLATE_MISSING: {status: 422, message: 'No template is set for "{kind}" ({reason}). Name it in BANLI_SMS_ALIYUN_TEMPLATES.', zh: '“{kind}”没有可用的短信模板（{reason}），请在 BANLI_SMS_ALIYUN_TEMPLATES 中配置。'},
  CHANNEL_NONE: {status: 422, message: 'No way out for text messages is set up; nothing was sent. Set BANLI_SMS.', zh: '未配置短信通道，短信没有发出，请设置 BANLI_SMS。'},
  NUMBER_LIMITED: {status: 503, message: 'This number may take no more messages for now ({reason}); it is tried again later.', zh: '该号码短时间内接收短信过多（{reason}），稍后再发。'},
  ACCOUNT_REFUSED: {status: 503, message: 'The account at the provider lets no messages out ({reason}). Check its balance, rights, key and limits.', zh: '短信服务账户不可用（{reason}），请检查余额、授权、密钥和发送限额。'},
  GATEWAY_UNREACHED: {status: 503, message: 'The provider cannot be reached ({reason}). Check network and address.', zh: '无法连接短信服务（{reason}），请检查网络和地址。'},
  GATEWAY_UNSETTLED: {status: 503, message: 'It is not known yet whether the message went; it is looked up again before it is sent again.', zh: '尚不能确定短信是否已发出，核对后再决定是否重发。'},
  GATEWAY_BUSY: {status: 503, message: 'The gateway takes no more messages for the moment.', zh: '短信网关暂时不接收更多短信。'},
  GATEWAY_DOWN: {status: 503, message: 'The gateway failed ({reason}).', zh: '短信网关故障（{reason}）。'},
  GATEWAY_SILENT: {status: 503, message: 'The gateway did not answer within {seconds} seconds.', zh: '短信网关 {seconds} 秒内未应答。'},
});
