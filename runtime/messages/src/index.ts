export {createNotices, type NewNotice, type Notices, type NoticeView} from './notices.js';
export {createSms, type NewSms, type Sms, type SmsParts} from './sms.js';
export type {SmsGateway, SmsMessage} from './sms-gateway.js';
export {createFakeSmsGateway, type FakeSmsGateway} from './fake-sms-gateway.js';
export {messageErrors} from './errors.js';
