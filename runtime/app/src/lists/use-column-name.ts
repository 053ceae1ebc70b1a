import type {ListColumn, ListName} from '@banli/api';
import {useCallback} from 'react';
import {useText} from '../texts/hook.js';
import {useListText} from '../texts/lists-hook.js';

/** What a column is called in a list: the moment of a row is another in each. */
export function useColumnName(list: ListName): (column: ListColumn) => string {
  const t = useText();
  const own = useListText();
  return useCallback(column => {
    if (column === 'urgency') return own('column.urgency');
    if (column === 'at') return list === 'search' ? own('column.at.search') : t(`column.at.${list}`);
    return t(`column.${column}`);
  }, [list, t, own]);
}
