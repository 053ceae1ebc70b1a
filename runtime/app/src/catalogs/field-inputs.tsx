import type {catalogLifeRoutes, AnswerOf} from '@banli/api';
import {useLocalize} from '@banli/ui';
import {Checkbox, Input, Select} from 'antd';
import type {ReactNode} from 'react';
import {useFieldText} from '../texts/fields-hook.js';
import {useMakingText} from '../texts/making-hook.js';
import type {EditedOption, FieldCells, ShownField} from './field-cells.js';
import {FieldBoundInputs} from './field-bound-inputs.js';
import {FieldOptions} from './field-options.js';
import {FieldPart} from './field-part.js';

const types = ['text', 'number', 'boolean', 'date', 'choice', 'reference'] as const;

/** What is asked of a column. Of one that the platform uses only the titles and what lower levels may make of it; of one in effect not name, type, format and reference. `asksKey`: its catalog is being made, so it may say that rows are found by it. */
export function FieldInputs({cells, options, errors, isLocked, isEffective, asksKey, field, fields, kept, targets, onChange, onName, onOptions}: {
  readonly cells: FieldCells; readonly options: readonly EditedOption[]; readonly errors: ReadonlyMap<string, string>; readonly isLocked: boolean; readonly isEffective: boolean; readonly asksKey: boolean;
  readonly field: ShownField | null; readonly fields: readonly ShownField[];
  readonly kept: ReadonlySet<string>; readonly targets: AnswerOf<typeof catalogLifeRoutes.fields>['targets'];
  readonly onChange: (cells: FieldCells) => void; readonly onName: () => void; readonly onOptions: (options: readonly EditedOption[]) => void;
}) {
  const t = useFieldText();
  const making = useMakingText();
  const localize = useLocalize();
  const set = (cell: string, value: string) => onChange({...cells, [cell]: value});
  const text = (cell: string, most: number) => <Input id={`field-${cell}`} value={cells[cell] ?? ''} maxLength={most} status={errors.has(cell) ? 'error' : ''} aria-invalid={errors.has(cell)} aria-describedby={`field-${cell}-note`} onChange={event => set(cell, event.target.value)} />;
  // A text, so that what is no number stays and is refused in words.
  const number = (cell: string) => <Input id={`field-${cell}`} className="app-catalog-number" inputMode="numeric" autoComplete="off" maxLength={10} value={cells[cell] ?? ''} status={errors.has(cell) ? 'error' : ''} aria-invalid={errors.has(cell)} aria-describedby={`field-${cell}-note`} onChange={event => set(cell, event.target.value)} />;
  const part = (cell: string, label: string, child: ReactNode, help = '') => <FieldPart cell={cell} label={label} isRequired={cell !== 'required' && cell !== 'format'} error={errors.get(cell)} help={help}>{child}</FieldPart>;
  const isNew = field === null;
  const type = cells['type'] ?? 'text';
  const typeWord = t(`type.${types.find(each => each === type) ?? 'text'}`);
  return (
    <div className="app-catalog-form">
      {part('titleZh', t('titleZh'), text('titleZh', 40))}
      {part('titleEn', t('titleEn'), text('titleEn', 40))}
      {isLocked ? <p className="banli-secondary">{t('locked')}</p> : (
        <>
          {part('column', t('name'), isNew ? <Input id="field-column" value={cells['column'] ?? ''} maxLength={40} status={errors.has('column') ? 'error' : ''} aria-invalid={errors.has('column')} aria-describedby="field-column-note" onChange={event => {
            onName();
            set('column', event.target.value);
          }} /> : <span>{cells['column']}</span>, isNew ? t('nameHelp') : '')}
          {part('type', t('type'), isEffective ? <span>{typeWord}</span> : <Select id="field-type" className="app-catalog-wide" value={type} options={types.map(each => ({value: each, label: t(`type.${each}`)}))} onChange={next => onChange({...cells, type: next, format: '', maxLength: next === 'text' ? '200' : ''})} />, isEffective || asksKey ? '' : t('typeHelp'))}
          {type === 'text' ? part('format', t('format'), isEffective ? <span>{t(`format.${cells['format'] ?? 'any'}` as 'format.any')}</span> : <Select id="field-format" className="app-catalog-wide" value={cells['format'] ?? ''} options={[{value: '', label: t('format.any')}, ...(['digits', 'code', 'phone'] as const).map(each => ({value: each, label: t(`format.${each}`)}))]} onChange={next => set('format', next)} />) : null}
          {type === 'text' ? part('maxLength', t('maxLength'), number('maxLength')) : null}
          {type === 'number' ? part('format', t('decimals'), isEffective ? <span>{cells['format'] ?? '0'}</span> : number('format')) : null}
          {type === 'reference' ? part('reference', t('reference'), isEffective ? <span>{localize(targets.find(target => target.reference === cells['reference'])?.title ?? {'zh-CN': cells['reference'] ?? ''})}</span> : <Select id="field-reference" className="app-catalog-wide" showSearch optionFilterProp="label" value={cells['reference'] || undefined} status={errors.has('reference') ? 'error' : ''} options={targets.map(target => ({value: target.reference, label: localize(target.title)}))} onChange={next => set('reference', next ?? '')} />) : null}
          {type === 'choice' ? part('options', t('options'), <FieldOptions options={options} kept={kept} onChange={onOptions} />) : null}
          {asksKey ? part('key', '', <Checkbox id="field-key" checked={cells['key'] === 'yes'} aria-describedby="field-key-note" onChange={event => onChange({...cells, key: event.target.checked ? 'yes' : '', ...(event.target.checked ? {required: 'yes'} : {})})}>{making('key')}</Checkbox>, making('keyHelp')) : null}
          {part('required', '', <Checkbox id="field-required" checked={cells['required'] === 'yes'} aria-describedby="field-required-note" onChange={event => set('required', event.target.checked ? 'yes' : 'no')}>{t('required')}</Checkbox>, asksKey ? '' : t('requiredHelp'))}
        </>
      )}
      <FieldBoundInputs cells={cells} field={field} fields={fields} options={options} errors={errors} onChange={onChange} />
    </div>
  );
}
