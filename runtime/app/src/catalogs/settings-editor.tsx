import {ErrorPanel, useLanguage, useLocalize} from '@banli/ui';
import {useMutation} from '@tanstack/react-query';
import {App, Input, Modal, Select} from 'antd';
import {useState} from 'react';
import {useCatalogText} from '../texts/catalogs-hook.js';
import {useFieldText} from '../texts/fields-hook.js';
import type {ListedSettings} from './catalog-settings.js';
import {changedCells, settingsTable, type FieldCells, type ListedField} from './field-cells.js';
import {unitsReference} from './field-bounds.js';
import {FieldPart} from './field-part.js';
import {UnitPicker} from './pickers.js';
import {refusedInputs} from './refused-inputs.js';
import type {useChangeSets} from './use-change-sets.js';
import type {CatalogForm} from './use-catalog-form.js';

/** Changes what a catalog says of itself within the chosen change set. */
export function SettingsEditor({form, settings, cells: before, fields, sets, onEnd}: {
  readonly form: CatalogForm; readonly settings: ListedSettings; readonly cells: FieldCells; readonly fields: readonly ListedField[]; readonly sets: ReturnType<typeof useChangeSets>; readonly onEnd: () => void;
}) {
  const t = useFieldText();
  const catalogText = useCatalogText();
  const localize = useLocalize();
  const language = useLanguage();
  const {message} = App.useApp();
  const [cells, setCells] = useState<FieldCells>(before);
  const [isChecked, setChecked] = useState(false);
  const set = (cell: string, value: string) => setCells(Object.fromEntries(Object.entries({...cells, [cell]: value}).filter(([, text]) => text !== '')));
  const changed = changedCells(before, Object.fromEntries(Object.entries(cells).map(([cell, value]) => [cell, value.trim()])));
  const missing = ['titleZh', 'titleEn', 'owner'].filter(cell => (cells[cell] ?? '').trim() === '');
  const save = useMutation({
    mutationFn: () => sets.put(t('setting.change', {title: localize(form.title)}), [{table: settingsTable, op: 'modify', key: settings.key, cells: changed}]),
    onSuccess: change => {
      void message.success(catalogText('edit.saved', {title: change.title}));
      onEnd();
    },
    onSettled: () => sets.refresh(),
  });
  const inputs = new Set(['titleZh', 'titleEn', 'owner', 'risk', ...form.tables.map(table => `maintainer.${table.name}`)]);
  const refused = refusedInputs(save.error, language, cell => (inputs.has(cell) ? cell : null));
  const errors = new Map([
    ...refused.errors,
    ...(isChecked ? missing.map(cell => [cell, t('missing')] as const) : []),
  ]);
  const submit = () => {
    setChecked(true);
    if (missing[0] !== undefined) document.getElementById(`field-${missing[0]}`)?.focus();
    else if (Object.keys(changed).length === 0) onEnd();
    else if (!save.isPending) save.mutate();
  };
  const text = (cell: string, label: string) => (
    <FieldPart cell={cell} label={label} isRequired error={errors.get(cell)}>
      <Input id={`field-${cell}`} value={cells[cell] ?? ''} maxLength={40} status={errors.has(cell) ? 'error' : ''} aria-invalid={errors.has(cell)} aria-describedby={`field-${cell}-note`} onChange={event => set(cell, event.target.value)} />
    </FieldPart>
  );
  return (
    <Modal open title={t('setting.change', {title: localize(form.title)})} okText={catalogText('edit.save')} confirmLoading={save.isPending} onOk={submit} onCancel={onEnd} maskClosable={false} width={640}>
      {refused.isWhole ? <ErrorPanel error={save.error} /> : null}
      <div className="app-catalog-form">
        {text('titleZh', t('titleZh'))}
        {text('titleEn', t('titleEn'))}
        <FieldPart cell="owner" label={t('setting.owner')} isRequired error={errors.get('owner')} help={t('setting.ownerHelp')}>
          <UnitPicker id="field-owner" value={cells['owner'] ?? ''} onChange={next => set('owner', next)} except={[]} isRequired isInvalid={errors.has('owner')} describedBy="field-owner-note" />
        </FieldPart>
        <FieldPart cell="risk" label={t('setting.risk')} error={errors.get('risk')} help={t('setting.riskHelp')}>
          <Select id="field-risk" className="app-catalog-wide" value={cells['risk'] ?? ''} options={[{value: '', label: t('setting.riskOpen')}, {value: 'low', label: t('setting.riskLow')}, {value: 'high', label: t('setting.riskHigh')}]} onChange={next => set('risk', next)} />
        </FieldPart>
        {form.tables.map(table => <KeeperInput key={table.name} label={t('setting.keeperOf', {table: localize(table.title)})} cell={`maintainer.${table.name}`} value={cells[`maintainer.${table.name}`] ?? ''} fields={fields.filter(field => field.table === table.name)} error={errors.get(`maintainer.${table.name}`)} onChange={set} />)}
      </div>
    </Modal>
  );
}

/** Which column of a table names the unit that keeps a row; a table without such columns is not asked. */
function KeeperInput({cell, label, value, fields, error, onChange}: {readonly cell: string; readonly label: string; readonly value: string; readonly fields: readonly ListedField[]; readonly error: string | undefined; readonly onChange: (cell: string, value: string) => void}) {
  const t = useFieldText();
  const localize = useLocalize();
  const naming = fields.filter(field => field.values['reference'] === unitsReference && field.values['status'] !== 'retired');
  if (naming.length === 0 && value === '') return null;
  return (
    <FieldPart cell={cell} label={label} error={error} help={t('setting.keeperHelp')}>
      <Select id={`field-${cell}`} className="app-catalog-wide" value={value} options={[{value: '', label: t('setting.keeperNone')}, ...naming.map(field => ({value: field.column, label: localize(field.title)}))]} onChange={next => onChange(cell, next)} />
    </FieldPart>
  );
}
