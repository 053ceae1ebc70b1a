import {catalogLifeRoutes, type AnswerOf} from '@banli/api';
import {EmptyState, ErrorPanel, Skeleton} from '@banli/ui';
import {useInfiniteQuery} from '@tanstack/react-query';
import {Button, Grid, Input, Select} from 'antd';
import {useState} from 'react';
import {useSearchParams} from 'react-router-dom';
import {api} from '../http/api.js';
import {useCan} from '../session/session-context.js';
import {useCatalogText} from '../texts/catalogs-hook.js';
import {useToolText} from '../texts/tools-hook.js';
import {dayOf} from '../issue/issue-data.js';
import {BulkEdit} from './bulk-edit.js';
import {EditRow} from './edit-row.js';
import {ExportMenu} from './export-menu.js';
import {ImportWizard} from './import-wizard.js';
import {LadderEditor} from './ladder-editor.js';
import {isLadderTable} from './ladder-rungs.js';
import {RowDrawer} from './row-drawer.js';
import {RowTable} from './row-table.js';
import {TablePicker} from './table-picker.js';
import {TreePanel} from './tree-panel.js';
import type {CatalogForm} from './use-catalog-form.js';

/** A row as administrators see it. */
export type ListedRow = AnswerOf<typeof catalogLifeRoutes.rows>['rows'][number];
type RowState = ListedRow['state'];

const mostAtOnce = 500;
const states: readonly RowState[] = ['effective', 'scheduled', 'retired', 'void', 'editing', 'inReview', 'approved', 'failed'];

/** The tables of a catalog, filtered by name, code, state and branch; the address holds table, branch and code. */
export function RowsTab({form}: {readonly form: CatalogForm}) {
  const t = useCatalogText();
  const toolText = useToolText();
  const catalogId = form.id;
  const canEdit = useCan('catalogs.edit');
  const isPhone = Grid.useBreakpoint().md === false;
  const [search, setSearch] = useSearchParams();
  const table = form.tables.find(each => each.name === search.get('table')) ?? form.tables[0];
  const code = search.get('code') ?? '';
  const below = search.get('below') ?? '';
  const [name, setName] = useState('');
  const [state, setState] = useState<RowState | ''>('');
  const [opened, setOpened] = useState<ListedRow | null>(null);
  const [isAdding, setAdding] = useState(false);
  const [isImporting, setImporting] = useState(false);
  const [isBulk, setBulk] = useState(false);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [isTreeOpen, setTreeOpen] = useState(false);
  const filter = {...(table ? {table: table.name} : {}), ...(name === '' ? {} : {name}), ...(code === '' ? {} : {code}), ...(below === '' ? {} : {below}), ...(state === '' ? {} : {state})};
  const pages = useInfiniteQuery({
    queryKey: ['catalogRows', catalogId, filter],
    queryFn: ({pageParam}: {pageParam: string}) => api.call(catalogLifeRoutes.rows, {params: {catalogId}, query: {...filter, limit: 50, ...(pageParam === '' ? {} : {cursor: pageParam})}}),
    initialPageParam: '',
    getNextPageParam: last => last.nextCursor ?? undefined,
    placeholderData: before => before,
  });
  if (!table) return <EmptyState title={t('rows.none')} />;
  const put = (more: Readonly<Record<string, string>>) => setSearch({...Object.fromEntries(search), ...more}, {replace: true});
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
        <Input.Search className="app-catalog-filter" allowClear placeholder={t('rows.name')} aria-label={t('rows.name')} onSearch={value => setName(value.trim())} />
        <Input.Search key={code} className="app-catalog-filter" allowClear defaultValue={code} placeholder={t('rows.code')} aria-label={t('rows.code')} onSearch={value => put({code: value.trim()})} />
        <Select className="app-catalog-filter" value={state} aria-label={t('rows.state')} onChange={setState} options={[{value: '', label: t('rows.any')}, ...states.map(value => ({value, label: t(`state.${value}`)}))]} />
        <span className="app-catalog-gap" />
        <ExportMenu catalogId={catalogId} filter={filter} />
        {canEdit ? <Button onClick={() => setImporting(true)}>{toolText('work.import')}</Button> : null}
        {canEdit ? <Button type="primary" onClick={() => setAdding(true)}>{t('rows.add')}</Button> : null}
      </div>
      {chosen.size > 0 ? <ChosenBar count={chosen.size} onBulk={() => setBulk(true)} onNone={() => setChosen(new Set())} /> : null}
      <div className={hasTree ? 'app-catalog-split' : undefined}>
        {hasTree ? <TreePanel key={table.name} catalogId={catalogId} table={table.name} chosen={below} onChoose={key => put({below: key})} /> : null}
        <div className="app-catalog-list">
          {pages.data?.pages[0] ? <Scheduled page={pages.data.pages[0]} /> : null}
          {pages.error ? <ErrorPanel error={pages.error} onRetry={() => void pages.refetch()} /> : null}
          {pages.isPending && !pages.error ? <Skeleton rows={8} /> : null}
          {pages.data && rows.length === 0 ? <EmptyState title={t('rows.none')} help={t('rows.noneHelp')} /> : null}
          {rows.length > 0 ? <RowTable table={table} rows={rows} selection={canEdit ? {keys: chosen, choose: keys => setChosen(new Set(keys))} : null} onOpen={setOpened} /> : null}
          {pages.hasNextPage ? <div className="app-more"><Button onClick={() => void pages.fetchNextPage()} loading={pages.isFetchingNextPage}>{t('rows.more')}</Button></div> : null}
        </div>
      </div>
      {opened ? <RowDrawer catalogId={catalogId} table={table} row={rows.find(row => row.key === opened.key) ?? opened} onClose={() => setOpened(null)} /> : null}
      {isBulk ? <BulkEdit form={form} table={table} keys={[...chosen]} onEnd={isDone => {
        setBulk(false);
        if (isDone) setChosen(new Set());
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
