import {useLanguage, useLocalize, useReturnFocus} from '@banli/ui';
import {Button, Drawer} from 'antd';
import {useState} from 'react';
import {Link} from 'react-router-dom';
import {useAdminText} from '../texts/admin-hook.js';
import {useCatalogText} from '../texts/catalogs-hook.js';
import {useToolText} from '../texts/tools-hook.js';
import {dayOf} from '../issue/issue-data.js';
import {CellText} from './cell-text.js';
import {EditRow} from './edit-row.js';
import {LadderEditor} from './ladder-editor.js';
import {isLadderTable} from './ladder-rungs.js';
import {RowHistory} from './row-history.js';
import type {ListedRow} from './rows-tab.js';
import {pathOf} from './row-path.js';
import type {TableForm} from './use-catalog-form.js';

/** What an administrator may propose for a row that exists. */
export type RowOp = 'modify' | 'offShelf' | 'void' | 'restore';

/** What may be proposed for a row as it stands, the usual thing first. */
export function offeredOps(row: Pick<ListedRow, 'state' | 'values'>): readonly RowOp[] {
  if (row.state === 'effective' || (row.state === 'scheduled' && row.values['status'] !== 'retired')) return ['modify', 'offShelf', 'void'];
  return row.state === 'retired' || row.state === 'scheduled' ? ['restore'] : row.state === 'editing' ? ['modify'] : [];
}

/** A row with every cell, what is proposed for it, and what may be proposed. */
export function RowDrawer({catalogId, table, row, onClose}: {readonly catalogId: string; readonly table: TableForm; readonly row: ListedRow; readonly onClose: () => void}) {
  useReturnFocus();
  const t = useCatalogText();
  const localize = useLocalize();
  const toolText = useToolText();
  const language = useLanguage();
  const adminText = useAdminText();
  const [op, setOp] = useState<RowOp | null>(null);
  const [hasHistory, setHistory] = useState(false);
  const offered = offeredOps(row);
  return (
    <Drawer
      open
      title={localize(row.title)}
      width={560}
      rootClassName="app-catalog-row"
      onClose={onClose}
      extra={row.mayEdit ? offered.map(each => <Button key={each} className="app-catalog-act" type={each === 'modify' ? 'primary' : 'default'} danger={each === 'void'} onClick={() => setOp(each)}>{t(`row.${each}`)}</Button>) : null}
    >
      <div className="app-chips">
        <Link to={`/catalogs/${catalogId}?tab=graph&table=${table.name}&key=${encodeURIComponent(row.key)}`}>{toolText('graph.tab')}</Link>
        <Button type="link" size="small" onClick={() => setHistory(true)}>{adminText('history')}</Button>
      </div>
      {row.path.length > 0 ? <div className="banli-secondary">{pathOf(row, language).join(' / ')}</div> : null}
      {row.pending.length > 0 ? (
        <section className="app-catalog-part">
          <h2>{t('row.pending')}</h2>
          <ul className="app-plain-list">
            {row.pending.map(each => (
              <li key={each.changeId}><Link to={`/catalogs/${catalogId}?tab=changes&change=${each.changeId}`}>{t('row.pendingLine', {op: t(`op.${each.op}`), author: each.authorName, title: each.title, state: t(`state.${each.state}`)})}</Link></li>
            ))}
          </ul>
        </section>
      ) : null}
      {row.scheduled ? <p className="app-catalog-note">{t('row.scheduled', {version: row.scheduled.version, date: dayOf(row.scheduled.effectiveAt), op: t(`op.${row.scheduled.op}`)})}</p> : null}
      <dl className="app-catalog-cells">
        {table.columns.filter(column => row.values[column.name] !== undefined).map(column => (
          <div key={column.name}>
            <dt>{localize(column.title)}</dt>
            <dd>
              <CellText column={column} value={row.values[column.name] ?? ''} words={row.words[column.name]} />
              {row.scheduled?.now && row.scheduled.now[column.name] !== row.values[column.name] ? <div className="banli-secondary">{t('row.till', {value: row.scheduled.now[column.name] ?? t('change.blank')})}</div> : null}
            </dd>
          </div>
        ))}
      </dl>
      {hasHistory ? <RowHistory catalogId={catalogId} table={table.name} row={row} onClose={() => setHistory(false)} /> : null}
      {op === 'modify' && isLadderTable(table) ? <LadderEditor catalogId={catalogId} table={table} code={row.values[table.key[0] ?? ''] ?? ''} onEnd={() => setOp(null)} /> : op ? <EditRow catalogId={catalogId} table={table} edited={{op, row}} onEnd={() => setOp(null)} /> : null}
    </Drawer>
  );
}
