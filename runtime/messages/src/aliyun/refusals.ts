import type {AppError} from '@banli/errors';
import {dayOf, hourMs, minuteMs, startOfDay} from '@banli/time';
import {messageErrors} from '../errors.js';

/** When people may be disturbed again on the day after a number's daily limit was reached (own). */
const morningMs = 9 * hourMs;

const number = /^isv\.(MOBILE_NUMBER_ILLEGAL|DOMESTIC_NUMBER_NOT_SUPPORTED|MOBILE_COUNT_OVER_LIMIT)$/;
const template = /^(isv\.(SMS_TEMPLATE_ILLEGAL|SMS_SIGNATURE_ILLEGAL|SMS_SIGN_ILLEGAL|SIGN_STATE_ILLEGAL|SMS_SIGNATURE_SCENE_ILLEGAL|TEMPLATE_MISSING_PARAMETERS|TEMPLATE_PARAMS_ILLEGAL|EXTEND_CODE_ERROR|INVALID_PARAMETERS|INVALID_JSON_PARAM)|Missing[A-Z]\w*)$/;
const content = /^isv\.(SMS_CONTENT_ILLEGAL|BLACK_KEY_CONTROL_LIMIT|PARAM_LENGTH_LIMIT|PARAM_NOT_SUPPORT_URL)$/;
const account = /^(isv\.(OUT_OF_SERVICE|AMOUNT_NOT_ENOUGH|ACCOUNT_NOT_EXISTS|ACCOUNT_ABNORMAL|PRODUCT_UN_SUBSCRIPT|PRODUCT_UNSUBSCRIBE|DAY_LIMIT_CONTROL|MONTH_LIMIT_CONTROL|DENY_IP_RANGE)|isp\.RAM_PERMISSION_DENY|SignatureDoesNotMatch|IncompleteSignature|InvalidAccessKeyId\S*|InvalidTimeStamp\S*|Forbidden\S*|NoPermission)$/;

/**
 * The provider's refusal in our words. What is not known to mean "it was not taken" counts as in doubt, so that it is looked up before it is sent again.
 *
 * @param said - Its code, and its sentence, which alone tells which limit of a number was reached. The sentence is not kept: it may name the number.
 * @see Source: the provider's public list of error codes for text messages within China.
 */
export function refusalOf(said: {readonly code: string; readonly sentence: string}, kind: string, now: number): AppError {
  const {code, sentence} = said;
  const reason = code.slice(0, 64);
  if (/^Throttling/.test(code)) return messageErrors.GATEWAY_BUSY({reason});
  if (code === 'isv.BUSINESS_LIMIT_CONTROL') return messageErrors.NUMBER_LIMITED({reason, notBefore: limitEnds(sentence, now)});
  if (number.test(code)) return messageErrors.NUMBER_REFUSED({reason});
  if (template.test(code)) return messageErrors.TEMPLATE_REFUSED({reason, kind});
  if (content.test(code)) return messageErrors.CONTENT_REFUSED({reason});
  if (account.test(code)) return messageErrors.ACCOUNT_REFUSED({reason});
  return messageErrors.GATEWAY_DOWN({reason});
}

/** A number's limit counts by minute, hour or day. */
function limitEnds(sentence: string, now: number): number {
  if (sentence.includes('分钟')) return now + minuteMs;
  if (sentence.includes('天') || sentence.includes('日')) return startOfDay(dayOf(now) + 1) + morningMs;
  return now + hourMs;
}
