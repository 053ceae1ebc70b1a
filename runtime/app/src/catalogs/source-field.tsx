import {Checkbox, Input} from 'antd';
import {useCatalogText} from '../texts/catalogs-hook.js';
import type {CellProps} from './cell-field.js';

const own = /^own:\s?/;

/** Where a row comes from: a document, or a rule of one's own with a note why. The cell says `own: note` for the latter. */
export function SourceField({id, value, onChange, isInvalid = false, describedBy}: CellProps) {
  const t = useCatalogText();
  const isOwn = own.test(value);
  const text = value.replace(own, '');
  return (
    <div>
      <Input id={id} aria-required aria-invalid={isInvalid} aria-describedby={describedBy} status={isInvalid ? 'error' : ''} maxLength={290} placeholder={t(isOwn ? 'source.noteHelp' : 'source.documentHelp')} value={text} onChange={event => onChange(isOwn || own.test(event.target.value) ? `own: ${event.target.value.replace(own, '')}` : event.target.value)} />
      <Checkbox checked={isOwn} onChange={event => onChange(event.target.checked ? `own: ${text}` : text)}>{t('source.ownRule')}</Checkbox>
    </div>
  );
}
