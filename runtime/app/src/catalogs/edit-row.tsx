import {ApiError} from '@banli/api';
import {ErrorPanel, useLanguage, useLocalize} from '@banli/ui';
import {useMutation} from '@tanstack/react-query';
import {App, Modal} from 'antd';
import {useState} from 'react';
import {useCatalogText} from '../texts/catalogs-hook.js';
import {LeavingReport} from './leaving-report.js';
import {formColumns, formFaults, RowForm, type Cells} from './row-form.js';
import type {RowOp} from './row-drawer.js';
import type {ListedRow} from './rows-tab.js';
import {SetChoice} from './set-choice.js';
import {useChangeSets} from './use-change-sets.js';
import {useFormOfSet, type TableForm} from './use-catalog-form.js';

/** What is edited: a row that exists, or a new one with cells that are known already. */
export type Edited = {readonly op: RowOp; readonly row: ListedRow} | {readonly op: 'add'; readonly cells: Cells};

/** Puts the change of one row into a change set: one that is being written, or a new one. */
export function EditRow({catalogId, table: published, edited, onEnd}: {readonly catalogId: string; readonly table: TableForm; readonly edited: Edited; readonly onEnd: () => void}) {
  const t = useCatalogText();
  const localize = useLocalize();
  const language = useLanguage();
  const {message} = App.useApp();
  const {op} = edited;
  const isNew = op === 'add';
  const row = 'row' in edited ? edited.row : null;
  const newest = row?.pending.find(each => each.state === 'editing');
  const before: Cells = newest?.after ?? row?.values ?? {};
  const [cells, setCells] = useState<Cells>('cells' in edited ? edited.cells : before);
  const [isChecked, setChecked] = useState(false);
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [isHeld, setHeld] = useState(false);
  const sets = useChangeSets(catalogId, newest?.changeId);
  const shaped = useFormOfSet(catalogId, sets.setId).data;
  const table = shaped?.tables.find(each => each.name === published.name) ?? published;
  // A row may come back only with what its table requires meanwhile.
  const hasForm = op === 'modify' || isNew || (op === 'restore' && formFaults(table, false, before).size > 0);
  const title = row ? localize(row.title) : (cells['titleZh'] ?? '');
  const proposed = t(`edit.${op}Title`, {title});
  const faults = hasForm ? formFaults(table, isNew, cells) : new Map<string, never>();
  const save = useMutation({
    mutationFn: () => {
      const changed = Object.fromEntries(formColumns(table, isNew).map(column => [column.name, cells[column.name] ?? ''] as const).filter(([column, value]) => (isNew ? value !== '' : value !== (before[column] ?? ''))));
      return sets.put(proposed, [{table: table.name, op, ...(row ? {key: row.key} : {}), ...(hasForm ? {cells: changed} : {})}]);
    },
    onSuccess: change => {
      void message.success(t('edit.saved', {title: change.title}));
      onEnd();
    },
    onSettled: () => sets.refresh(),
  });
  const refused = save.error instanceof ApiError ? save.error.answer.problems : [];
  const columns = new Set(formColumns(table, isNew).map(column => column.name));
  const errors = new Map([
    ...refused.flatMap(problem => (problem.place.field !== undefined && columns.has(problem.place.field) ? [[problem.place.field, (language === 'en' ? undefined : problem.messageZh) ?? problem.message] as const] : [])),
    // What was typed and does not fit is told as soon as its cell is left, what is missing when the row is to be saved.
    ...[...faults].filter(([column]) => isChecked || (left.has(column) && (cells[column] ?? '') !== '')).map(([column, fault]) => [column, t(fault.key, fault.params)] as const),
  ]);
  const submit = () => {
    setChecked(true);
    const first = [...faults.keys()][0];
    if (first !== undefined) document.getElementById(`cell-${first}`)?.focus();
    else if (!save.isPending) save.mutate();
  };
  return (
    <Modal open title={proposed} okText={t('edit.save')} confirmLoading={save.isPending} okButtonProps={{disabled: sets.isPending || isHeld, danger: op === 'void'}} onOk={submit} onCancel={onEnd} maskClosable={false} width={640}>
      {save.error && (errors.size === 0 || refused.length > errors.size) ? <ErrorPanel error={save.error} /> : null}
      {hasForm ? <RowForm table={table} isNew={isNew} cells={cells} errors={errors} onChange={setCells} onLeave={column => setLeft(before => new Set(before).add(column))} /> : <p>{t(op === 'offShelf' ? 'edit.offShelfHelp' : op === 'void' ? 'edit.voidHelp' : 'edit.restoreHelp')}</p>}
      {row && (op === 'void' || op === 'offShelf') ? <LeavingReport catalogId={catalogId} row={{table: table.name, op, key: row.key}} onKnown={setHeld} /> : null}
      <div className="app-catalog-set"><SetChoice sets={sets} proposed={proposed} /></div>
    </Modal>
  );
}
