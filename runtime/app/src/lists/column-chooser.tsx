import type {ListName} from '@banli/api';
import {useListText} from '../texts/lists-hook.js';
import {ColumnPopover} from './column-popover.js';
import {offeredColumns} from './columns.js';
import {useColumnName} from './use-column-name.js';
import type {ListArrangement} from './use-list-preferences.js';

/** Which columns a list of cases shows and in which order. */
export function ColumnChooser({list, arrangement}: {readonly list: ListName; readonly arrangement: ListArrangement}) {
  const t = useListText();
  const nameOf = useColumnName(list);
  const {columns, isChosen, saveColumns} = arrangement;
  return <ColumnPopover offered={offeredColumns[list]} shown={columns} isChosen={isChosen} help={t('columns.help')} nameOf={nameOf} onSave={next => saveColumns.mutate(next)} />;
}
