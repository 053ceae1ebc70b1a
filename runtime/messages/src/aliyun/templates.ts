import {messageErrors} from '../errors.js';
import type {SmsMessage} from '../sms-gateway.js';

/** A template that the provider has approved: its code and its variables, each with its longest value in characters. */
export interface AliyunTemplate {
  readonly code: string;
  readonly variables: ReadonlyArray<{readonly name: string; readonly longest: number}>;
}

/** What the provider lets a variable of free words hold unless a template was approved for more. */
const usualLongest = 35;

/**
 * Reads templates by kind of message from `kind=SMS_1(one,two:20);…`. The part before a colon names a value of the message (`text` is
 * all of it), the number after it its longest length.
 *
 * @returns `null` when it cannot be read.
 */
export function parseTemplates(text: string): ReadonlyMap<string, AliyunTemplate> | null {
  const templates = new Map<string, AliyunTemplate>();
  for (const part of text.split(';').map(each => each.trim()).filter(each => each !== '')) {
    const [, kind, code, list] = /^([\w.]{1,64})=(SMS_\w{1,40})\(([\w:,\s]*)\)$/.exec(part) ?? [];
    if (kind === undefined || code === undefined || list === undefined || templates.has(kind)) return null;
    const variables = list.split(',').map(each => each.trim()).filter(each => each !== '').map(each => /^([A-Za-z]\w{0,19})(?::([1-9]\d{0,2}))?$/.exec(each));
    if (variables.some(each => each === null)) return null;
    templates.set(kind, {code, variables: variables.map(each => ({name: each?.[1] ?? '', longest: Number(each?.[2] ?? usualLongest)}))});
  }
  return templates;
}

/**
 * Template and values for a message. Brackets that the provider keeps for signatures are replaced, lines are joined, what is too long is cut.
 *
 * @throws AppError `MESSAGES_TEMPLATE_MISSING` when no template is set for the kind, or the message has no value for a variable.
 */
export function fillTemplate(templates: ReadonlyMap<string, AliyunTemplate>, {kind, params}: Pick<SmsMessage, 'kind' | 'params'>): {readonly code: string; readonly values: string} {
  const template = templates.get(kind);
  if (!template) throw messageErrors.TEMPLATE_MISSING({kind, reason: kind});
  const values: Record<string, string> = {};
  for (const {name, longest} of template.variables) {
    const value = (Object.hasOwn(params, name) ? (params[name] ?? '') : '').replace(/[【[]/g, '（').replace(/[】\]]/g, '）').replace(/\s+/g, ' ').trim();
    if (value === '') throw messageErrors.TEMPLATE_MISSING({kind, reason: name});
    const signs = [...value];
    values[name] = signs.length <= longest ? value : `${signs.slice(0, longest - 1).join('')}…`;
  }
  return {code: template.code, values: JSON.stringify(values)};
}
