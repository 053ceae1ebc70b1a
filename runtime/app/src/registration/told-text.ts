import type {FieldInfo} from '@banli/ui/logic';

const most = 500;

/**
 * What a call is about, in the caller's words: the title and every long text, as one, cut at 500 characters. Fields that are masked or
 * encrypted stay out of it.
 */
export function toldText(fields: Iterable<FieldInfo>, values: Readonly<Record<string, unknown>>, title: string | null): string {
  const texts: string[] = [];
  for (const {name, node} of fields) {
    const isTold = name === title || node['x-component'] === 'Input.TextArea';
    const value = values[name];
    if (isTold && node['x-banli']?.sensitivity === undefined && typeof value === 'string' && value.trim() !== '') texts.push(value.trim());
  }
  return texts.join(' ').slice(0, most);
}
