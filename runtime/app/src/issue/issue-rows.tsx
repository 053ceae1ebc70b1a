import {catalogIssueRoutes} from '@banli/api';
import {EmptyState, ErrorPanel, Skeleton, useJoints, useLocalize} from '@banli/ui';
import {useInfiniteQuery} from '@tanstack/react-query';
import {App, Button, Input, Radio, Select} from 'antd';
import {useState} from 'react';
import {columnTitle, type CatalogForm} from '../catalogs/use-catalog-form.js';
import {LoadMore} from '../frame/load-more.js';
import {api} from '../http/api.js';
import {useIssueText} from '../texts/issue-hook.js';
import {useFieldText} from './field-text.js';
import {useIssueAction, type IssueField, type IssueRow, type IssueTable, type OpenedIssue} from './issue-data.js';
import {OriginDrawer} from './origin-drawer.js';
import {RowEditor} from './row-editor.js';

const filters = ['all', 'changed', 'conflicts', 'own', 'outside'] as const;
type Filter = (typeof filters)[number];
const heads = ['rows.field', 'rows.base', 'rows.theirs', 'rows.mine'] as const;

/** The rows of an issue, table by table, with the value above before and now and one's own. */
export function IssueRows({opened, form}: {readonly opened: OpenedIssue; readonly form: CatalogForm | undefined}) {
  const t = useIssueText();
  const joints = useJoints();
  const localize = useLocalize();
  const {issue} = opened;
  const hasConflicts = opened.problems.some(problem => problem.code === 'CATALOG_ISSUE_CONFLICT');
  const [name, setName] = useState(opened.tables[0]?.name ?? '');
  const [filter, setFilter] = useState<Filter>(hasConflicts ? 'conflicts' : 'all');
  const [words, setWords] = useState('');
  const [edited, setEdited] = useState<IssueRow | 'new' | null>(null);
  const [origin, setOrigin] = useState<IssueRow | null>(null);
  const table = opened.tables.find(each => each.name === name) ?? opened.tables[0];
  const pages = useInfiniteQuery({
    queryKey: ['issueRows', issue.id, issue.lockVersion, name, filter, words],
    queryFn: ({pageParam}: {pageParam: string}) => api.call(catalogIssueRoutes.rows, {params: {issueId: issue.id}, query: {table: name, only: filter, limit: 50, ...(words.trim() === '' ? {} : {q: words.trim()}), ...(pageParam === '' ? {} : {cursor: pageParam})}}),
    initialPageParam: '',
    getNextPageParam: last => last.nextCursor ?? undefined,
    enabled: name !== '',
    placeholderData: before => before,
  });
  if (!table) return null;
  const rows = pages.data?.pages.flatMap(page => page.rows) ?? [];
  const canEdit = issue.state === 'completing' && issue.may.complete;
  return (
    <section className="app-catalog-tab">
      <div className="app-chips">
        <Select aria-label={t('rows.row')} className="app-catalog-filter" value={name} onChange={setName} options={opened.tables.map(each => ({value: each.name, label: joints.aside(localize(form?.tables.find(known => known.name === each.name)?.title ?? {'zh-CN': each.name}), String(each.rows))}))} />
        <Radio.Group value={filter} onChange={event => setFilter(event.target.value as Filter)} optionType="button" options={filters.map(value => ({value, label: t(`only.${value}`)}))} />
        <Input className="app-catalog-filter" allowClear value={words} placeholder={t('find')} aria-label={t('find')} onChange={event => setWords(event.target.value)} />
        {canEdit && hasConflicts ? <AllTheirs opened={opened} /> : null}
        {canEdit && table.local ? <Button onClick={() => setEdited('new')}>{t('row.add')}</Button> : null}
      </div>
      {pages.error ? <ErrorPanel error={pages.error} onRetry={() => void pages.refetch()} /> : null}
      {pages.isPending && !pages.error ? <Skeleton rows={6} /> : null}
      {pages.data && rows.length === 0 ? <EmptyState title={t('rows.none')} /> : null}
      {rows.length > 0 && filter !== 'outside' ? <div className="app-issue-head" aria-hidden>{heads.map(head => <span key={head}>{t(head)}</span>)}</div> : null}
      <ul className="app-plain-list app-issue-rows">
        {rows.map(row => <RowCard key={row.key} row={row} parts={{opened, form, table, canEdit}} onEdit={() => setEdited(row)} onOrigin={() => setOrigin(row)} />)}
      </ul>
      <LoadMore pages={pages} words={t('more')} />
      {edited ? <RowEditor opened={opened} form={form} table={table} row={edited === 'new' ? null : edited} onEnd={() => setEdited(null)} /> : null}
      {origin ? <OriginDrawer issue={issue} form={form} table={table.name} row={origin} onClose={() => setOrigin(null)} /> : null}
    </section>
  );
}

interface CardParts {
  readonly opened: OpenedIssue;
  readonly form: CatalogForm | undefined;
  readonly table: IssueTable;
  readonly canEdit: boolean;
}

function RowCard({row, parts, onEdit, onOrigin}: {readonly row: IssueRow; readonly parts: CardParts; readonly onEdit: () => void; readonly onOrigin: () => void}) {
  const t = useIssueText();
  const localize = useLocalize();
  const {message} = App.useApp();
  const act = useIssueAction();
  const {opened: {issue}, table, canEdit} = parts;
  const isOwn = row.kind === 'local' || row.fields.some(field => field.mine);
  const drop = () => act.isPending ? undefined : act.mutate(() => api.call(catalogIssueRoutes.drop, {params: {issueId: issue.id}, body: {lockVersion: issue.lockVersion, table: table.name, key: row.key}}), {onSuccess: () => void message.success(t('row.dropped'))});
  const marks = [
    ...(row.place === 'outside' ? [t('rows.outside', {area: row.area ? localize(row.words[table.area ?? '']?.[row.area] ?? {'zh-CN': row.area}) : ''})] : []),
    ...(row.place === 'above' ? [t('rows.above')] : []), ...(row.kind === 'local' ? [t('rows.local')] : []), ...(row.added ? [t('rows.added')] : []),
  ];
  return (
    <li className="app-issue-row" aria-label={localize(row.title)}>
      <header>
        <strong>{localize(row.title)}</strong>
        {marks.map(mark => <span key={mark} className="app-mark">{mark}</span>)}
        <span className="app-catalog-gap" />
        {row.place === 'outside' ? null : <Button type="link" size="small" onClick={onOrigin}>{t('row.origin')}</Button>}
        {canEdit && isOwn ? <Button type="link" size="small" onClick={drop}>{t('row.drop')}</Button> : null}
        {canEdit && row.place === 'inside' ? <Button size="small" onClick={onEdit}>{t('row.edit')}</Button> : null}
      </header>
      {act.error ? <ErrorPanel error={act.error} /> : null}
      {row.place === 'inside' && row.kind === 'given' ? <Fields row={row} parts={parts} onEdit={onEdit} /> : null}
    </li>
  );
}

/** Fields worth a line: those that somebody changed, and what counts most. */
function shownFields(row: IssueRow): readonly IssueField[] {
  const touched = row.fields.filter(field => field.mine !== null || (field.base !== null && field.columns.some(column => field.base?.[column] !== field.theirs[column])));
  return touched.length > 0 ? touched : row.fields.filter(field => field.bound !== 'retire').slice(0, 1);
}

function Fields({row, parts, onEdit}: {readonly row: IssueRow; readonly parts: CardParts; readonly onEdit: () => void}) {
  const t = useIssueText();
  const localize = useLocalize();
  const {message} = App.useApp();
  const act = useIssueAction();
  const {opened: {issue}, form, table, canEdit} = parts;
  const text = useFieldText(form, table.name);
  const fields = shownFields(row);
  const locked = row.changedAbove.filter(({column}) => !row.fields.some(field => field.columns.includes(column)));
  const title = (columns: readonly string[]) => localize(columnTitle(form, table.name, columns[0] ?? ''));
  const choose = (field: IssueField, take: 'mine' | 'theirs') => act.isPending ? undefined : act.mutate(
    () => api.call(catalogIssueRoutes.choose, {params: {issueId: issue.id}, body: {lockVersion: issue.lockVersion, choices: [{table: table.name, key: row.key, column: field.columns[0] ?? '', take}]}}),
    {onSuccess: () => void message.success(t('row.chosen'))},
  );
  return (
    <>
      {act.error ? <ErrorPanel error={act.error} /> : null}
      <table className="app-issue-fields">
        <thead>
          <tr>{heads.map(head => <th key={head}>{t(head)}</th>)}</tr>
        </thead>
        <tbody>
          {fields.map(field => (
            <tr key={field.columns.join()} className={field.conflict ? 'app-issue-conflict' : ''}>
              <th scope="row">{title(field.columns)}</th>
              <td data-label={t('rows.base')}>{field.base ? text(row, field.columns, field.base) : text(row, field.columns, field.theirs)}</td>
              <td data-label={t('rows.theirs')}>{text(row, field.columns, field.theirs)}</td>
              <td data-label={t('rows.mine')}>
                {field.mine ? <ins>{text(row, field.columns, field.mine)}</ins> : <span className="banli-secondary">{t('rows.same')}</span>}
                {field.conflict && canEdit ? (
                  <span className="app-issue-choice">
                    <Button size="small" onClick={() => choose(field, 'theirs')}>{t('row.theirs')}</Button>
                    <Button size="small" onClick={() => choose(field, 'mine')}>{t('row.mine')}</Button>
                    <Button size="small" onClick={onEdit}>{t('row.other')}</Button>
                  </span>
                ) : null}
              </td>
            </tr>
          ))}
          {locked.map(({column, base, theirs}) => (
            <tr key={column}>
              <th scope="row">{title([column])}</th>
              <td data-label={t('rows.base')}>{text(row, [column], {[column]: base})}</td>
              <td data-label={t('rows.theirs')}>{text(row, [column], {[column]: theirs})}</td>
              <td data-label={t('rows.mine')}><span className="banli-secondary">{t('rows.locked')}</span></td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

/** Decides everything that is open for the level above. */
function AllTheirs({opened: {issue, problems}}: {readonly opened: OpenedIssue}) {
  const t = useIssueText();
  const act = useIssueAction();
  const choices = problems.filter(problem => problem.code === 'CATALOG_ISSUE_CONFLICT').map(({place}) => ({table: (place.file ?? '').split('/')[1] ?? '', key: place.element ?? '', column: place.field ?? '', take: 'theirs' as const}));
  return <Button loading={act.isPending} onClick={() => act.mutate(() => api.call(catalogIssueRoutes.choose, {params: {issueId: issue.id}, body: {lockVersion: issue.lockVersion, choices}}))}>{t('allTheirs')}</Button>;
}
