import type {catalogLifeRoutes, AnswerOf} from '@banli/api';
import {ErrorPanel, useLanguage, useLocalize} from '@banli/ui';
import {useMutation} from '@tanstack/react-query';
import {App, Modal} from 'antd';
import {useState} from 'react';
import {useCatalogText} from '../texts/catalogs-hook.js';
import {useFieldText} from '../texts/fields-hook.js';
import {boundCells, boundIn, withBound} from './field-bounds.js';
import {cellsFor, changedCells, fieldsTable, missingCells, nameFrom, optionsOf, type EditedOption, type FieldCells, shownTitle, type ShownField} from './field-cells.js';
import {FieldInputs} from './field-inputs.js';
import {refusedInputs} from './refused-inputs.js';
import type {useChangeSets} from './use-change-sets.js';
import type {TableForm} from './use-catalog-form.js';

const fresh = {type: 'text', required: 'no', maxLength: '200'};

/** Adds a column to a table, or changes one, within the chosen change set. */
export function FieldEditor({table, field, fields, targets, sets, asksKey, onEnd}: {
  readonly table: TableForm; readonly asksKey: boolean; readonly field: ShownField | null; readonly fields: readonly ShownField[]; readonly targets: AnswerOf<typeof catalogLifeRoutes.fields>['targets']; readonly sets: ReturnType<typeof useChangeSets>; readonly onEnd: () => void;
}) {
  const t = useFieldText();
  const catalogText = useCatalogText();
  const localize = useLocalize();
  const language = useLanguage();
  const {message} = App.useApp();
  const before: FieldCells = field?.cells ?? {};
  const [cells, setCells] = useState<FieldCells>(field ? field.cells : {...fresh, table: table.name});
  const [options, setOptions] = useState<readonly EditedOption[]>(() => optionsOf(before));
  const [isNamed, setNamed] = useState(false);
  const [isChecked, setChecked] = useState(false);
  const isLocked = field !== null && !field.isOwn;
  const missing = isLocked ? ['titleZh', 'titleEn'].filter(cell => (cells[cell] ?? '').trim() === '') : missingCells(cells, options);
  const title = field ? t('editTitle', {title: localize(shownTitle(field))}) : t('addTitle', {table: localize(table.title)});
  const change = (next: FieldCells) => setCells(field === null && !isNamed && next['titleEn'] !== cells['titleEn'] ? {...next, column: nameFrom(next['titleEn'] ?? '')} : next);
  const save = useMutation({
    mutationFn: () => {
      const after = isLocked ? {...withBound(before, null), titleZh: (cells['titleZh'] ?? '').trim(), titleEn: (cells['titleEn'] ?? '').trim(), ...boundIn(cells)} : cellsFor(cells, options);
      const body = field ? {op: 'modify' as const, key: field.key, cells: changedCells(before, after)} : {op: 'add' as const, cells: after};
      return sets.put(title, [{table: fieldsTable, ...body}]);
    },
    onSuccess: set => {
      void message.success(catalogText('edit.saved', {title: set.title}));
      onEnd();
    },
    onSettled: () => sets.refresh(),
  });
  const refused = refusedInputs(save.error, language, cell => inputOf(cell, isLocked));
  const errors = new Map([
    ...refused.errors,
    ...(isChecked ? missing.map(cell => [cell, t('missing')] as const) : []),
  ]);
  const submit = () => {
    setChecked(true);
    if (missing[0] !== undefined) document.getElementById(`field-${missing[0]}`)?.focus();
    else if (!save.isPending) save.mutate();
  };
  return (
    <Modal open title={title} okText={catalogText('edit.save')} confirmLoading={save.isPending} onOk={submit} onCancel={onEnd} maskClosable={false} width={640}>
      {refused.isWhole ? <ErrorPanel error={save.error} /> : null}
      <FieldInputs cells={cells} options={options} errors={errors} isLocked={isLocked} isEffective={field !== null && !field.isProposed} asksKey={asksKey} kept={new Set(field && !field.isProposed ? optionsOf(field.values).map(option => option.value) : [])} targets={targets} field={field} fields={fields} onChange={change} onName={() => setNamed(true)} onOptions={setOptions} />
    </Modal>
  );
}

const always = new Set<string>(['titleZh', 'titleEn', ...boundCells]);
const unlocked = new Set(['column', 'type', 'format', 'maxLength', 'reference', 'options', 'key', 'required']);

/** The input that a cell is edited in; `null` where it is in no input. */
function inputOf(cell: string, isLocked: boolean): string | null {
  const input = cell.startsWith('option') ? 'options' : cell;
  return always.has(input) || (!isLocked && unlocked.has(input)) ? input : null;
}
