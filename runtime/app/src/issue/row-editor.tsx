import {catalogIssueRoutes} from '@banli/api';
import {ErrorPanel, useLocalize} from '@banli/ui';
import {useQuery} from '@tanstack/react-query';
import {App, Checkbox, Modal} from 'antd';
import {useState} from 'react';
import {CellField, type RowOption} from '../catalogs/cell-field.js';
import {cellFault, type CellFault} from '../catalogs/cell-kind.js';
import {columnTitle, type CatalogForm, type FormColumn} from '../catalogs/use-catalog-form.js';
import {api} from '../http/api.js';
import type {IssueKey} from '../texts/issue-zh-cn.js';
import {useCatalogText} from '../texts/catalogs-hook.js';
import {useIssueText} from '../texts/issue-hook.js';
import {useFieldText} from './field-text.js';
import {OpenRowSets} from './open-sets.js';
import {useIssueAction, type IssueField, type IssueRow, type IssueTable, type OpenedIssue} from './issue-data.js';

interface EditorProps {
  readonly opened: OpenedIssue;
  readonly form: CatalogForm | undefined;
  readonly table: IssueTable;
  /** `null` for a new row of one's own. */
  readonly row: IssueRow | null;
  readonly onEnd: () => void;
}

/** Overrides the open columns of a row, or fills in a row of one's own. The server says what is out of bounds, at its column. */
export function RowEditor({opened: {issue}, form, table, row, onEnd}: EditorProps) {
  const t = useIssueText();
  const localize = useLocalize();
  const {message} = App.useApp();
  const act = useIssueAction();
  const isLocal = row === null || row.kind === 'local';
  const all = form?.tables.find(each => each.name === table.name)?.columns ?? [];
  const open = table.overrides.flatMap(override => override.columns);
  const columns = all.filter(column => column.name !== 'status' && (isLocal ? row === null || !table.key.includes(column.name) : open.includes(column.name)));
  const before: Readonly<Record<string, string>> = row?.values ?? {};
  const [cells, setCells] = useState(before);
  const [isChecked, setChecked] = useState(false);
  const set = (column: string, value: string) => setCells({...cells, [column]: value});
  const changed = Object.fromEntries(Object.entries(cells).filter(([column, value]) => value !== (before[column] ?? '')));
  const faults = new Map<string, CellFault>(columns.flatMap(column => {
    const fault = column.name in changed || row === null ? cellFault(column, cells[column.name] ?? '') : null;
    return fault ? [[column.name, fault] as const] : [];
  }));
  const save = () => {
    setChecked(true);
    const first = [...faults.keys()][0];
    if (first !== undefined) document.getElementById(`own-${first}`)?.focus();
    if (act.isPending || first !== undefined) return;
    act.mutate(() => api.call(catalogIssueRoutes.put, {params: {issueId: issue.id}, body: {lockVersion: issue.lockVersion, table: table.name, ...(row ? {key: row.key} : {}), cells: changed}}), {onSuccess: () => {
      void message.success(t('edit.saved'));
      onEnd();
    }});
  };
  const canRetire = !isLocal && table.overrides.some(override => override.bound === 'retire');
  return (
    <Modal open title={row ? t('edit.title', {title: localize(row.title)}) : t('edit.addTitle')} okText={t('edit.save')} okButtonProps={{disabled: Object.keys(changed).length === 0}} confirmLoading={act.isPending} onOk={save} onCancel={onEnd} maskClosable={false} width={560}>
      {act.error ? <ErrorPanel error={act.error} /> : null}
      {row && !isLocal ? <OpenRowSets catalogId={issue.catalogId} table={table.name} rowKey={row.key} /> : null}
      <div className="app-catalog-form">
        {columns.map(column => <Cell key={column.name} column={column} value={cells[column.name] ?? ''} onChange={value => set(column.name, value)} row={isLocal ? null : row} table={table} form={form} issue={issue} fault={isChecked ? faults.get(column.name) : undefined} />)}
        {canRetire ? <Checkbox checked={cells['status'] === 'retired'} onChange={event => set('status', event.target.checked ? 'retired' : 'active')}>{t('edit.retire')}</Checkbox> : null}
        <div className="banli-secondary">{t(!isLocal ? 'edit.help' : table.area === null ? 'edit.localHere' : 'edit.localHelp')}</div>
      </div>
    </Modal>
  );
}

const helps: Readonly<Record<IssueField['bound'], IssueKey>> = {notLonger: 'edit.notLonger', notLower: 'edit.notLower', extend: 'edit.extend', free: 'edit.free', ownUnit: 'edit.ownUnit', retire: 'edit.free'};

interface CellParts {
  readonly column: FormColumn;
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** `null` for a row of one's own. */
  readonly row: IssueRow | null;
  readonly table: IssueTable;
  readonly form: CatalogForm | undefined;
  readonly issue: OpenedIssue['issue'];
  readonly fault: CellFault | undefined;
}

function Cell({column, value, onChange, row, table, form, issue, fault}: CellParts) {
  const t = useIssueText();
  const catalogText = useCatalogText();
  const localize = useLocalize();
  const text = useFieldText(form, table.name);
  const beside = useOwnRows(issue, column.reference);
  const id = `own-${column.name}`;
  const field = row?.fields.find(each => each.columns[0] === column.name);
  const above = row && field ? text(row, field.columns, field.theirs) : null;
  const help = above === null || !field ? null : t(helps[field.bound], {limit: above, text: above});
  return (
    <div>
      <label className="banli-field-label" id={`${id}-label`} htmlFor={id}>{localize(columnTitle(form, table.name, column.name))}</label>
      <CellField id={id} column={withinBounds(column, table, field)} value={value} onChange={onChange} isInvalid={fault !== undefined} describedBy={fault ? `${id}-error` : help ? `${id}-help` : undefined} beside={beside} />
      {fault ? <div id={`${id}-error`} className="app-catalog-cell-error" role="alert">{catalogText(fault.key, fault.params)}</div> : null}
      {help ? <div id={`${id}-help`} className="banli-secondary">{help}</div> : null}
    </div>
  );
}

/** A column with the options that its bound leaves: those of rows of one's own, or the ones that are not laxer than above. */
function withinBounds(column: FormColumn, table: IssueTable, field: IssueField | undefined): FormColumn {
  const order = field?.bound === 'notLower' ? (table.overrides.find(override => override.columns.includes(column.name))?.order ?? []) : [];
  const open = order.length > 0 ? order.slice(Math.max(0, order.indexOf(field?.theirs[column.name] ?? ''))) : field ? undefined : table.localOnly[column.name];
  return open ? {...column, options: column.options.filter(option => open.includes(option.value))} : column;
}

/** Rows that the unit added to a table of the same catalog: others of its own may name them. */
function useOwnRows(issue: OpenedIssue['issue'], reference: FormColumn['reference']): readonly RowOption[] {
  const table = reference?.catalog === issue.catalogId ? reference.table : null;
  const own = useQuery({
    queryKey: ['issueRows', issue.id, issue.lockVersion, 'ownOf', table], enabled: table !== null,
    queryFn: () => api.call(catalogIssueRoutes.rows, {params: {issueId: issue.id}, query: {table: table ?? '', only: 'own', limit: 200}}),
  });
  return (own.data?.rows ?? []).filter(row => row.kind === 'local').map(({key, title}) => ({key, title}));
}
