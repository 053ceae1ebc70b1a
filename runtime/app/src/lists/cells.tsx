import type {InboxRowView, ListColumn, ListName} from '@banli/api';
import {DueState, formatFull, formatMoment, useLanguage, useLocalize} from '@banli/ui';
import {Tooltip} from 'antd';
import {matterWords, urgencyWords} from '../case/head-words.js';
import {useUnitName} from '../frame/use-unit-name.js';
import {serverClock} from '../http/api.js';
import {useText} from '../texts/hook.js';

/** One cell of a list of cases: one line, the whole of it on hover. */
export function Cell({list, column, row}: {readonly list: ListName; readonly column: ListColumn; readonly row: InboxRowView}) {
  return <td className={`app-col-${column}`}>{column === 'due' ? row.clock && <DueState clock={row.clock} /> : column === 'at' ? <Moment at={row.at} /> : <Words list={list} column={column} row={row} />}</td>;
}

function Moment({at}: {readonly at: number}) {
  const language = useLanguage();
  return (
    <Tooltip title={formatFull(at)}>
      <span>{formatMoment(at, serverClock.now(), language)}</span>
    </Tooltip>
  );
}

function Words({list, column, row}: {readonly list: ListName; readonly column: Exclude<ListColumn, 'due' | 'at'>; readonly row: InboxRowView}) {
  const t = useText();
  const unitName = useUnitName();
  const localize = useLocalize();
  const words = {
    caller: row.caller ?? '',
    matter: localize(matterWords(row)),
    urgency: localize(urgencyWords(row)),
    step: localize(row.stepName ?? row.state.title),
    state: localize(row.state.title),
    assignee: row.assignee ?? '',
    unit: unitName(row.unitName),
  }[column];
  const isFree = column === 'assignee' && list === 'todo' && words === '';
  return (
    <span className={`banli-one-line${isFree ? ' banli-secondary' : ''}`} title={isFree ? undefined : words}>
      {isFree ? t('inbox.unclaimed') : words}
    </span>
  );
}
