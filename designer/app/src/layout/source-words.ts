import {localize, type Language, type Translate} from '@banli/ui';
import type {DesignerKey} from '../texts/zh-cn.js';
import type {FieldSource} from './compose-form.js';

const keys = {base: 'layout.fromBase', class: 'layout.fromClass', line: 'layout.fromLine', local: 'layout.fromLocal'} as const satisfies Record<FieldSource['layer'], DesignerKey>;

/** The layer a field comes from in words; extension forms with their title. */
export function sourceWords({layer, title}: FieldSource, t: Translate<DesignerKey>, language: Language): string {
  return layer === 'line' || layer === 'local' ? t(keys[layer], {title: localize(title, language)}) : t(keys[layer]);
}
