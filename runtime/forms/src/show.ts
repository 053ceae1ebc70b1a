import type {FieldAccess, FieldBinding, FormSchema} from '@banli/formats';
import {fieldsOf, isEmpty} from './fields.js';

/**
 * Leaves out what a person may not see and masks what he may see only in part.
 *
 * Hidden and unnamed fields are left out. A sensitive field is masked without the right to unmask; where he may edit it, it stays in clear,
 * so that what he sends back is what he saw. Empty fields are left out.
 */
export function showValues(form: FormSchema, access: Readonly<Record<string, FieldAccess>>, values: Readonly<Record<string, unknown>>, rights: {readonly unmask: boolean}): Readonly<Record<string, unknown>> {
  const shown: Record<string, unknown> = {};
  for (const {name, binding} of fieldsOf(form).values()) {
    const right = Object.hasOwn(access, name) ? access[name] : undefined;
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    if (right === undefined || right === 'hidden' || isEmpty(value)) continue;
    const clear = rights.unmask || binding.sensitivity === undefined || right === 'edit' || right === 'required';
    shown[name] = clear ? value : typeof value === 'string' ? maskText(value, binding.mask) : '••••';
  }
  return shown;
}

/**
 * Masks a text: `phone` 138****1234, `idNumber` 650***********1234, `name` 张*; anything else keeps its first two characters.
 * Short texts are masked whole.
 */
export function maskText(text: string, kind: FieldBinding['mask']): string {
  const signs = [...text];
  const keep = (head: number, tail: number): string => {
    if (signs.length <= head + tail) return '*'.repeat(signs.length);
    return signs.slice(0, head).join('') + '*'.repeat(signs.length - head - tail) + (tail > 0 ? signs.slice(-tail).join('') : '');
  };
  if (kind === 'phone') return signs.length >= 11 ? keep(3, 4) : keep(0, 4);
  if (kind === 'idNumber') return keep(3, 4);
  return kind === 'name' ? keep(1, 0) : keep(2, 0);
}
