import type {LocalizedText} from '@banli/formats';
import {useLocalize} from '@banli/ui';
import {sourceWords} from '../case/source-words.js';
import {useUnitName} from '../frame/use-unit-name.js';
import {useCatalogText} from '../texts/catalogs-hook.js';
import {useText} from '../texts/hook.js';
import {durationParts} from './cell-kind.js';
import {exceptWord} from './pickers.js';
import type {FormColumn} from './use-catalog-form.js';

const unitWords = {D: 'cell.days', H: 'cell.hours', M: 'cell.minutes', S: 'cell.seconds'} as const;

/** Turns a cell into the text a person reads: titles, words of values, lengths of time, sources. */
export function useCellText(): (column: FormColumn | undefined, value: string, words: LocalizedText | null | undefined) => string {
  const t = useCatalogText();
  const appText = useText();
  const localize = useLocalize();
  const unitName = useUnitName();
  return (column, value, words) => {
    if (words) return column?.reference?.elsewhere && column.reference.table === 'units' ? unitName(localize(words)) : localize(words);
    if (column?.reference?.except.includes(value)) return exceptWord(value, t);
    if (column?.name === 'sourceRef') return sourceWords(value, appText);
    const parts = column?.pattern?.startsWith('^P(') ? durationParts(value) : null;
    if (parts === null) return value;
    return parts.length === 0 ? t('cell.atOnce') : parts.map(({amount, unit}) => `${amount} ${t(unitWords[unit])}`).join(' ');
  };
}

/** A cell as text, with its code behind it where it names a row or unit. */
export function CellText({column, value, words}: {readonly column: FormColumn | undefined; readonly value: string; readonly words?: LocalizedText | null | undefined}) {
  const text = useCellText()(column, value, words);
  return (
    <>
      {text}
      {column?.reference && !column.reference.list && text !== value ? <span className="banli-secondary app-number app-catalog-code">{value}</span> : null}
    </>
  );
}
