/** Fields of the order form that describe the caller. */
export const personFields = ['anonymous', 'name', 'gender', 'ageRange', 'phone', 'idNumber', 'address', 'vulnerable'] as const;

/** Fields that describe the matter and who is served; attachments belong to the order they were filed with and are not copied. */
export const grievanceFields = ['serviceObject', 'enterprise', 'enterpriseName', 'enterpriseCode', 'enterpriseArea', 'enterpriseIndustry', 'nature', 'channel', 'title', 'content', 'area', 'place', 'eventTime', 'matter', 'urgency', 'confidential', 'callbackWanted', 'tags', 'sensitive', 'hotClass'] as const;

/** The text of a form value; anything else counts as empty. */
export function textOf(value: unknown): string {
  return typeof value === 'string' ? value.trim() : '';
}

/** Whether a message can reach this number: a mobile phone of mainland China. */
export function isMobile(phone: unknown): phone is string {
  return typeof phone === 'string' && /^1[3-9]\d{9}$/.test(phone);
}

/** Cuts a text at `length` characters, with a sign that it goes on. */
export function cut(text: string, length: number): string {
  const signs = [...text];
  return signs.length <= length ? text : `${signs.slice(0, length - 1).join('')}…`;
}
