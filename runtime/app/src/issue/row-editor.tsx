import {catalogIssueRoutes} from '@banli/api';
import {ErrorPanel, useLocalize} from '@banli/ui';
import {App, Checkbox, Modal} from 'antd';
import {useState} from 'react';
import {CellField} from '../catalogs/cell-field.js';
import {columnTitle, type CatalogForm, type FormColumn} from '../catalogs/use-catalog-form.js';
import {api} from '../http/api.js';
import {useIssueText} from '../texts/issue-hook.js';
import {useFieldText} from './field-text.js';
import {useIssueAction, type IssueRow, type IssueTable, type OpenedIssue} from './issue-data.js';

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
  const set = (column: string, value: string) => setCells({...cells, [column]: value});
  const changed = Object.fromEntries(Object.entries(cells).filter(([column, value]) => value !== (before[column] ?? '')));
  const save = () => {
    if (act.isPending) return;
    act.mutate(() => api.call(catalogIssueRoutes.put, {params: {issueId: issue.id}, body: {lockVersion: issue.lockVersion, table: table.name, ...(row ? {key: row.key} : {}), cells: changed}}), {onSuccess: () => {
      void message.success(t('edit.saved'));
      onEnd();
    }});
  };
  const canRetire = !isLocal && table.overrides.some(override => override.bound === 'retire');
  return (
    <Modal open title={row ? t('edit.title', {title: localize(row.title)}) : t('edit.addTitle')} okText={t('edit.save')} okButtonProps={{disabled: Object.keys(changed).length === 0}} confirmLoading={act.isPending} onOk={save} onCancel={onEnd} maskClosable={false} width={560}>
      {act.error ? <ErrorPanel error={act.error} /> : null}
      <div className="app-catalog-form">
        {columns.map(column => <Cell key={column.name} column={column} value={cells[column.name] ?? ''} onChange={value => set(column.name, value)} row={isLocal ? null : row} table={table} form={form} />)}
        {canRetire ? <Checkbox checked={cells['status'] === 'retired'} onChange={event => set('status', event.target.checked ? 'retired' : 'active')}>{t('edit.retire')}</Checkbox> : null}
        <div className="banli-secondary">{t(isLocal ? 'edit.localHelp' : 'edit.help')}</div>
      </div>
    </Modal>
  );
}

function Cell({column, value, onChange, row, table, form}: {readonly column: FormColumn; readonly value: string; readonly onChange: (value: string) => void; readonly row: IssueRow | null; readonly table: IssueTable; readonly form: CatalogForm | undefined}) {
  const t = useIssueText();
  const localize = useLocalize();
  const text = useFieldText(form, table.name);
  const id = `own-${column.name}`;
  const field = row?.fields.find(each => each.columns[0] === column.name);
  const above = row && field ? text(row, field.columns, field.theirs) : null;
  const help = above === null || !field ? null : field.bound === 'notLonger' ? t('edit.notLonger', {limit: above}) : field.bound === 'ownUnit' ? t('edit.ownUnit') : t('edit.free', {text: above});
  return (
    <div>
      <label className="banli-field-label" id={`${id}-label`} htmlFor={id}>{localize(columnTitle(form, table.name, column.name))}</label>
      <CellField id={id} column={column} value={value} onChange={onChange} describedBy={help ? `${id}-help` : undefined} />
      {help ? <div id={`${id}-help`} className="banli-secondary">{help}</div> : null}
    </div>
  );
}
