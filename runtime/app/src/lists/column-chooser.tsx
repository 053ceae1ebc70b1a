import {ArrowLeftOutlined, ArrowRightOutlined, TableOutlined} from '@ant-design/icons';
import type {ListColumn, ListName} from '@banli/api';
import {Button, Checkbox, Popover} from 'antd';
import {useListText} from '../texts/lists-hook.js';
import {moveColumn, offeredColumns, toggleColumn} from './columns.js';
import {useColumnName} from './use-column-name.js';
import type {ListArrangement} from './use-list-preferences.js';

/** Which columns a list shows and in which order; what is chosen is kept at once. */
export function ColumnChooser({list, arrangement}: {readonly list: ListName; readonly arrangement: ListArrangement}) {
  const t = useListText();
  const nameOf = useColumnName(list);
  const {columns, isChosen, saveColumns} = arrangement;
  const save = (next: readonly ListColumn[]) => saveColumns.mutate(next);
  const rest = offeredColumns[list].filter(column => !columns.includes(column));
  const content = (
    <div className="app-columns">
      <p className="banli-secondary">{t('columns.help')}</p>
      <ul className="app-plain-list">
        {[...columns, ...rest].map(column => {
          const place = columns.indexOf(column);
          return (
            <li key={column} className="app-columns-row">
              <Checkbox checked={place >= 0} onChange={() => save(toggleColumn(list, columns, column))}>
                {nameOf(column)}
              </Checkbox>
              {place >= 0 ? (
                <span>
                  <Button type="text" size="small" icon={<ArrowLeftOutlined />} disabled={place === 0} aria-label={t('columns.left', {name: nameOf(column)})} title={t('columns.left', {name: nameOf(column)})} onClick={() => save(moveColumn(columns, column, -1))} />
                  <Button type="text" size="small" icon={<ArrowRightOutlined />} disabled={place === columns.length - 1} aria-label={t('columns.right', {name: nameOf(column)})} title={t('columns.right', {name: nameOf(column)})} onClick={() => save(moveColumn(columns, column, 1))} />
                </span>
              ) : null}
            </li>
          );
        })}
      </ul>
      <Button size="small" disabled={!isChosen} onClick={() => saveColumns.mutate(null)}>
        {t('columns.usual')}
      </Button>
    </div>
  );
  return (
    <Popover trigger="click" getPopupContainer={trigger => trigger.parentElement ?? trigger} placement="bottomRight" title={t('columns.title')} content={content}>
      <Button size="small" icon={<TableOutlined aria-hidden />} className="app-list-columns">
        {t('columns')}
      </Button>
    </Popover>
  );
}
