import {catalogLifeRoutes, type AnswerOf} from '@banli/api';
import {EmptyState, ErrorPanel, Skeleton} from '@banli/ui';
import {useInfiniteQuery} from '@tanstack/react-query';
import {Button, Checkbox, Grid, Input, Select} from 'antd';
import {useState} from 'react';
import {useSearchParams} from 'react-router-dom';
import {LoadMore} from '../frame/load-more.js';
import {api} from '../http/api.js';
import {useSession} from '../session/session-context.js';
import {useAdminText} from '../texts/admin-hook.js';
import {useCatalogText} from '../texts/catalogs-hook.js';
import {useToolText} from '../texts/tools-hook.js';
import {dayOf} from '../issue/issue-data.js';
import {ColumnPopover} from '../lists/column-popover.js';
import {ActiveRowFilters} from './active-row-filters.js';
import {BulkEdit} from './bulk-edit.js';
import {EditRow} from './edit-row.js';
import {ExportMenu} from './export-menu.js';
import {ImportWizard} from './import-wizard.js';
import {LadderEditor} from './ladder-editor.js';
import {isLadderTable} from './ladder-rungs.js';
import {RowDrawer} from './row-drawer.js';
import {offeredRowColumns} from './row-columns.js';
import {RowFilterPanel} from './row-filter-panel.js';
import {askedRows, readRowFilters, withFilter, type RowFilters} from './row-filters.js';
import {RowTable} from './row-table.js';
import {TablePicker} from './table-picker.js';
import {TreePanel} from './tree-panel.js';
import type {CatalogForm, TableForm} from './use-catalog-form.js';
import {useRowColumnName, useRowColumns} from './use-row-columns.js';

/** A row as administrators see it. */
export type ListedRow = AnswerOf<typeof catalogLifeRoutes.rows>['rows'][number];
type RowState = ListedRow['state'];

const mostAtOnce = 500;
const states: readonly RowState[] = ['effective', 'scheduled', 'retired', 'void', 'editing', 'inReview', 'approved', 'failed'];

/** Filters that stand in the bar itself. */
const inBar: readonly string[] = ['name', 'code', 'state'];

/** The tables of a catalog, filtered by name, code, state, branch and more; the address holds table, branch and filters. */
export function RowsTab({form}: {readonly form: CatalogForm}) {
  const t = useCatalogText();
  const toolText = useToolText();
  const catalogId = form.id;
  const canEdit = form.edits !== 'none';
  const {session} = useSession();
  const ownUnit = session.posts.find(each => each.id === session.activePostId)?.unitId ?? '';
  const isPhone = Grid.useBreakpoint().md === false;
  const [search, setSearch] = useSearchParams();
  const table = form.tables.find(each => each.name === search.get('table')) ?? form.tables[0];
  const below = search.get('below') ?? '';
  const adminText = useAdminText();
  const filters = table ? readRowFilters(table, search) : {};
  const hidden = Object.keys(filters).filter(each => !inBar.includes(each)).length;
  const [isMore, setMore] = useState(hidden > 0);
  const [opened, setOpened] = useState<ListedRow | null>(null);
  const [isAdding, setAdding] = useState(false);
  const [isImporting, setImporting] = useState(false);
  const [isBulk, setBulk] = useState(false);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [isTreeOpen, setTreeOpen] = useState(false);
  const filter = {...(table ? {table: table.name} : {}), ...askedRows(filters, below)};
  const pages = useInfiniteQuery({
    queryKey: ['catalogRows', catalogId, filter],
    queryFn: ({pageParam}: {pageParam: string}) => api.call(catalogLifeRoutes.rows, {params: {catalogId}, query: {...filter, limit: 50, ...(pageParam === '' ? {} : {cursor: pageParam})}}),
    initialPageParam: '',
    getNextPageParam: last => last.nextCursor ?? undefined,
    placeholderData: before => before,
  });
  if (!table) return <EmptyState title={t('rows.none')} />;
  const place = {tab: 'rows', ...(search.has('table') ? {table: table.name} : {})};
  const narrow = (next: RowFilters, branch = below) => setSearch({...place, ...(branch === '' ? {} : {below: branch}), ...next}, {replace: true});
  const total = pages.data?.pages[0]?.total;
  const rows = pages.data?.pages.flatMap(page => page.rows) ?? [];
  const isTree = table.parent !== null;
  const hasTree = isTree && (!isPhone || isTreeOpen);
  return (
    <div className="app-catalog-tab">
      <TablePicker form={form} table={table.name} onPick={next => {
        setChosen(new Set());
        setSearch({tab: 'rows', table: next}, {replace: true});
      }} />
      <div className="app-chips">
        {isTree && isPhone ? <Button aria-expanded={isTreeOpen} onClick={() => setTreeOpen(!isTreeOpen)}>{t('tree.show')}</Button> : null}
        {(['name', 'code'] as const).map(each => <Input.Search key={`${each} ${filters[each] ?? ''}`} className="app-catalog-filter" allowClear defaultValue={filters[each] ?? ''} maxLength={200} placeholder={t(`rows.${each}`)} aria-label={t(`rows.${each}`)} onSearch={value => narrow(withFilter(filters, each, value.trim()))} />)}
        <Select className="app-catalog-filter" value={states.find(each => each === filters['state']) ?? ''} aria-label={t('rows.state')} onChange={value => narrow(withFilter(filters, 'state', value))} options={[{value: '' as const, label: t('rows.any')}, ...states.map(value => ({value, label: t(`state.${value}`)}))]} />
        <Button aria-expanded={isMore} onClick={() => setMore(!isMore)}>{hidden > 0 ? adminText('filter.moreCount', {count: hidden}) : adminText('filter.more')}</Button>
        {table.maintainer !== null ? <OwnRows isOn={filters[`cell.${table.maintainer}`] === ownUnit} onToggle={isOn => narrow(withFilter(filters, `cell.${table.maintainer ?? ''}`, isOn ? ownUnit : ''))} /> : null}
        <span className="app-catalog-gap" />
        <ExportMenu catalogId={catalogId} filter={filter} />
        {canEdit ? <Button onClick={() => setImporting(true)}>{toolText('work.import')}</Button> : null}
        {canEdit ? <Button type="primary" onClick={() => setAdding(true)}>{t('rows.add')}</Button> : null}
      </div>
      {isMore ? <RowFilterPanel key={table.name} table={table} filters={filters} onChange={next => narrow(next)} /> : null}
      <ActiveRowFilters table={table} filters={filters} onChange={next => narrow(next)} />
      {chosen.size > 0 ? <ChosenBar count={chosen.size} onBulk={() => setBulk(true)} onNone={() => setChosen(new Set())} /> : null}
      <div className={hasTree ? 'app-catalog-split' : undefined}>
        {hasTree ? <TreePanel key={table.name} catalogId={catalogId} table={table.name} chosen={below} onChoose={key => narrow(filters, key)} /> : null}
        <div className="app-catalog-list">
          {pages.data?.pages[0] ? <Scheduled page={pages.data.pages[0]} /> : null}
          <RowsHead catalogId={catalogId} table={table} total={total} />
          {pages.error ? <ErrorPanel error={pages.error} onRetry={() => void pages.refetch()} /> : null}
          {pages.isPending && !pages.error ? <Skeleton rows={8} /> : null}
          {pages.data && rows.length === 0 ? <EmptyState title={t('rows.none')} help={t('rows.noneHelp')} /> : null}
          {rows.length > 0 ? <RowTable catalogId={catalogId} table={table} rows={rows} selection={canEdit ? {keys: chosen, choose: keys => setChosen(new Set(keys))} : null} onOpen={setOpened} /> : null}
          <LoadMore pages={pages} words={t('rows.more')} />
        </div>
      </div>
      {opened ? <RowDrawer catalogId={catalogId} table={table} row={rows.find(row => row.key === opened.key) ?? opened} onClose={() => setOpened(null)} /> : null}
      {isBulk ? <BulkEdit form={form} table={table} chosen={[...chosen]} onEnd={stay => {
        setBulk(false);
        setChosen(new Set(stay));
      }} /> : null}
      {isImporting ? <ImportWizard form={form} table={table} onEnd={changeId => {
        setImporting(false);
        if (changeId !== null) setSearch({tab: 'changes', change: changeId}, {replace: true});
      }} /> : null}
      {isAdding && isLadderTable(table) ? <LadderEditor catalogId={catalogId} table={table} code={null} onEnd={() => setAdding(false)} /> : null}
      {isAdding && !isLadderTable(table) ? <EditRow catalogId={catalogId} table={table} edited={{op: 'add', cells: table.parent !== null && below !== '' ? {[table.parent]: below} : {}}} onEnd={() => setAdding(false)} /> : null}
    </div>
  );
}

/** Shows only rows that one's own department maintains. */
function OwnRows({isOn, onToggle}: {readonly isOn: boolean; readonly onToggle: (isOn: boolean) => void}) {
  const t = useAdminText();
  return <Checkbox className="app-catalog-own" checked={isOn} onChange={event => onToggle(event.target.checked)}>{t('filter.own')}</Checkbox>;
}

/** How many rows there are, and which columns they show. */
function RowsHead({catalogId, table, total}: {readonly catalogId: string; readonly table: TableForm; readonly total: number | undefined}) {
  const t = useAdminText();
  const own = useRowColumns(catalogId, table);
  const nameOf = useRowColumnName(table);
  return (
    <div className="app-row-head">
      <span className="banli-secondary" role="status">{total === undefined ? '' : t('filter.total', {count: total})}</span>
      <ColumnPopover offered={offeredRowColumns(table)} shown={own.columns} isChosen={own.isChosen} help={t('columns.help')} nameOf={nameOf} onSave={own.save} />
      {own.error ? <ErrorPanel error={own.error} onRetry={own.retry} /> : null}
    </div>
  );
}

/** Says which version holds, and on which one editing stands, while they are not the same. */
function Scheduled({page}: {readonly page: AnswerOf<typeof catalogLifeRoutes.rows>}) {
  const t = useCatalogText();
  const last = page.scheduled.at(-1);
  if (!last) return null;
  const names = {version: last.version, date: dayOf(last.effectiveAt)};
  return <p className="app-catalog-note" role="note">{page.holds === null ? t('rows.scheduledFirst', names) : t('rows.scheduled', {...names, holds: page.holds})}</p>;
}

function ChosenBar({count, onBulk, onNone}: {readonly count: number; readonly onBulk: () => void; readonly onNone: () => void}) {
  const t = useToolText();
  const isTooMany = count > mostAtOnce;
  return (
    <div className="app-catalog-buttons app-tool-chosen" role="status">
      <span>{t('work.selected', {count})}</span>
      <Button disabled={isTooMany} title={isTooMany ? t('work.tooMany') : undefined} onClick={onBulk}>{t('work.bulkButton')}</Button>
      <Button type="link" onClick={onNone}>{t('work.selectNone')}</Button>
    </div>
  );
}
