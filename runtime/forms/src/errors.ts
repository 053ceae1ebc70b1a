import {defineErrors} from '@banli/errors';

/** Everything that can be wrong with what a person sent. */
export const formErrors = defineErrors('FORMS', {
  FIELD_UNKNOWN: {status: 400, message: 'The form has no field "{field}".', zh: '表单没有字段“{field}”。'},
  FIELD_FORBIDDEN: {status: 403, message: 'The field "{title}" may not be changed here.', zh: '此步骤不能修改“{title}”。'},
  REQUIRED: {status: 422, message: 'Fill in "{title}".', zh: '请填写“{title}”。'},
  TYPE: {status: 400, message: '"{title}" must be {expected}.', zh: '“{title}”的类型应为 {expected}。'},
  CHOICE: {status: 422, message: '"{title}" must be one of the choices offered.', zh: '“{title}”请从选项中选择。'},
  PATTERN: {status: 422, message: '"{title}" is not written in the expected way.', zh: '“{title}”格式不正确。'},
  LENGTH: {status: 422, message: '"{title}" may have {limit} characters.', zh: '“{title}”的字数限制为 {limit}。'},
  RANGE: {status: 422, message: '"{title}" is outside of its range ({limit}).', zh: '“{title}”超出范围（{limit}）。'},
  COUNT: {status: 422, message: '"{title}" may have {limit} entries.', zh: '“{title}”的数量限制为 {limit}。'},
  CHECK: {status: 422, message: '{text}', zh: '{textZh}'},
  CHECK_FAILED: {status: 422, message: 'The check of "{title}" could not be computed. Tell the administrator.', zh: '“{title}”的校验无法计算，请联系管理员。'},
});
