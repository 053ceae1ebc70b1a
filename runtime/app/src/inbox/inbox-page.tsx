import {EmptyState, ErrorPanel} from '@banli/ui';
import {Button} from 'antd';
import {useMemo, useState} from 'react';
import {Link, useParams, useSearchParams} from 'react-router-dom';
import {LoadMore} from '../frame/load-more.js';
import {MissingPage} from '../frame/missing-page.js';
import {Stoppable} from '../frame/stoppable.js';
import {BatchBar} from '../lists/batch-bar.js';
import {CaseTable} from '../lists/case-table.js';
import {ColumnChooser} from '../lists/column-chooser.js';
import {rowKey} from '../lists/rows.js';
import {SavedViews} from '../lists/saved-views.js';
import {keepListed, nothing} from '../lists/selection.js';
import {useListPreferences} from '../lists/use-list-preferences.js';
import {useCan} from '../session/session-context.js';
import {useText} from '../texts/hook.js';
import {useListText} from '../texts/lists-hook.js';
import {boxNames, useBox, type BoxName, type FilterName, type Filters} from './box-pages.js';
import {FilterChips} from './filter-chips.js';

const filterNames: readonly FilterName[] = ['state', 'urgency', 'step'];

/** One of the boxes: 待办, 已办, 我发起的, 草稿. The address holds the filters, so a link opens the same view. */
export function InboxPage() {
  const {box = 'todo'} = useParams();
  const name = boxNames.find(each => each === box);
  return name ? <Box key={name} box={name} /> : <MissingPage />;
}

function Box({box}: {readonly box: BoxName}) {
  const t = useText();
  const own = useListText();
  const canWork = useCan('tasks.complete');
  const [search, setSearch] = useSearchParams();
  const [picked, setPicked] = useState(nothing);
  const arrangement = useListPreferences(box);
  const filters = useMemo((): Filters => Object.fromEntries(filterNames.flatMap(name => (search.get(name) ? [[name, search.get(name)]] : []))) as Filters, [search]);
  const pages = useBox(box, filters);
  const rows = useMemo(() => pages.data?.pages.flatMap(page => page.rows) ?? [], [pages.data]);
  const setFilter = (name: FilterName, value: string | null) => {
    const next = new URLSearchParams(search);
    if (value === null) next.delete(name);
    else next.set(name, value);
    setSearch(next, {replace: true});
  };
  const hasPicks = box === 'todo' && canWork;
  const selection = keepListed(picked, rows.map(rowKey));
  const isFiltered = Object.keys(filters).length > 0;
  return (
    <div className="app-inbox">
      <div className="app-page-head">
        <h1>{t(`box.${box}`)}</h1>
        {box === 'drafts' ? null : <FilterChips rows={rows} filters={filters} onChange={setFilter} />}
        <span className="app-top-space" />
        {box === 'drafts' ? null : <span className="banli-secondary app-keys">{hasPicks ? own('keys') : t('inbox.keys')}</span>}
        {box === 'drafts' ? null : <ColumnChooser list={box} arrangement={arrangement} />}
      </div>
      {box === 'drafts' ? null : <SavedViews arrangement={arrangement} filters={filters} onOpen={view => setSearch(Object.fromEntries(filterNames.flatMap(each => (view[each] ? [[each, view[each]]] : []))), {replace: true})} />}
      {arrangement.error && !pages.error ? <ErrorPanel error={arrangement.error} onRetry={arrangement.retry} /> : null}
      {pages.error ? (
        <ErrorPanel error={pages.error} onRetry={() => void pages.refetch()}>
          {rows.length > 0 ? <span className="banli-secondary">{t('inbox.stale')}</span> : null}
        </ErrorPanel>
      ) : null}
      {pages.isPending && !pages.error ? <Stoppable query={pages} queryKey={['box', box, filters]} rows={10} /> : null}
      {pages.data && rows.length === 0 ? <NothingHere box={box} isFiltered={isFiltered} onClear={() => setSearch({}, {replace: true})} /> : null}
      {rows.length > 0 ? <CaseTable list={box} rows={rows} columns={arrangement.columns} isChosen={arrangement.isChosen} placeKey={`${box} ${search.toString()}`} {...(hasPicks ? {picks: {selection, onSelect: setPicked}} : {})} /> : null}
      <LoadMore pages={pages} words={t('inbox.loadMore')} />
      {!pages.hasNextPage && rows.length > 20 ? <div className="app-more banli-secondary">{t('inbox.end', {count: rows.length})}</div> : null}
      {hasPicks ? <BatchBar rows={rows} selection={selection} onSelect={setPicked} /> : null}
    </div>
  );
}

function NothingHere({box, isFiltered, onClear}: {readonly box: BoxName; readonly isFiltered: boolean; readonly onClear: () => void}) {
  const t = useText();
  const canStart = useCan('cases.start');
  if (isFiltered) {
    return (
      <EmptyState title={t('inbox.noMatch')}>
        <Button onClick={onClear}>{t('inbox.clear')}</Button>
      </EmptyState>
    );
  }
  return (
    <EmptyState title={t(`empty.${box}`)} help={t(`empty.${box}Help`)}>
      {canStart && box !== 'done' ? (
        <Link to="/register">
          <Button type={box === 'todo' ? 'default' : 'primary'}>{t('nav.register')}</Button>
        </Link>
      ) : null}
    </EmptyState>
  );
}
