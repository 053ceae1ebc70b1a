import {useLocalize} from '@banli/ui';
import {Button, Checkbox} from 'antd';
import {useState} from 'react';
import {useFieldText} from '../texts/fields-hook.js';
import {useMakingText} from '../texts/making-hook.js';
import {NewColumn} from './new-column.js';
import type {MadeColumn} from './making.js';

const types = ['text', 'number', 'boolean', 'date', 'choice', 'reference'] as const;

/** The columns of a catalog that is to be, in their order; which of them make the key is ticked in the list. */
export function NewColumns({columns, errors, onChange}: {readonly columns: readonly MadeColumn[]; readonly errors: ReadonlyMap<string, string>; readonly onChange: (columns: readonly MadeColumn[]) => void}) {
  const t = useMakingText();
  const fieldText = useFieldText();
  const localize = useLocalize();
  const [edited, setEdited] = useState<number | 'new' | null>(null);
  const titleOf = ({cells}: MadeColumn): string => localize({'zh-CN': cells['titleZh'] ?? cells['column'] ?? '', ...(cells['titleEn'] ? {en: cells['titleEn']} : {})});
  const put = (index: number, column: MadeColumn) => onChange(columns.map((each, at) => (at === index ? column : each)));
  const tick = (index: number, {cells, options}: MadeColumn, isKey: boolean) => put(index, {options, cells: {...cells, key: isKey ? 'yes' : '', ...(isKey ? {required: 'yes'} : {})}});
  return (
    <div id="field-catalog-key" tabIndex={-1}>
      <ul className="app-plain-list app-made-columns" aria-label={t('columns')}>
        {columns.map((column, index) => {
          const {cells} = column;
          const error = errors.get(cells['column'] ?? '');
          return (
            <li key={cells['column']}>
              <div className="app-made-column">
                <span className="app-made-title"><b>{titleOf(column)}</b> <code className="banli-secondary">{cells['column']}</code></span>
                <span className="banli-secondary">{fieldText(`type.${types.find(each => each === cells['type']) ?? 'text'}`)}{cells['required'] === 'yes' ? ` · ${t('column.required')}` : ''}</span>
                <Checkbox checked={cells['key'] === 'yes'} aria-label={t('keyOf', {title: titleOf(column)})} onChange={event => tick(index, column, event.target.checked)}>{t('key')}</Checkbox>
                <span className="app-made-acts">
                  <Button type="link" size="small" aria-label={t('editOf', {title: titleOf(column)})} onClick={() => setEdited(index)}>{t('edit')}</Button>
                  <Button type="link" size="small" aria-label={t('removeOf', {title: titleOf(column)})} onClick={() => onChange(columns.filter((_, at) => at !== index))}>{t('remove')}</Button>
                </span>
              </div>
              {error === undefined ? null : <div className="app-catalog-cell-error" role="alert">{error}</div>}
            </li>
          );
        })}
      </ul>
      <Button onClick={() => setEdited('new')}>{t('add')}</Button>
      {edited === null ? null : <NewColumn
        column={edited === 'new' ? null : (columns[edited] ?? null)} taken={columns.flatMap((each, at) => (at === edited ? [] : [each.cells['column'] ?? '']))} onEnd={() => setEdited(null)}
        onKeep={column => {
          if (edited === 'new') onChange([...columns, column]);
          else put(edited, column);
          setEdited(null);
        }}
      />}
    </div>
  );
}
