export {createNotices, type NewNotice, type Notices, type NoticeView} from './notices.js';
export {createSms, type NewSms, type Sms, type SmsParts} from './sms.js';
export type {SmsGateway, SmsMessage, SmsReceipt} from './sms-gateway.js';
export {listCaseSms, type SmsView} from './sms-log.js';
export {afterQuietHours, type QuietHours} from './quiet-hours.js';
export {createFakeSmsGateway, type FakeSmsGateway} from './fake-sms-gateway.js';
export {messageErrors} from './errors.js';
