import {useLanguage} from '@banli/ui';
import {Select} from 'antd';
import {useFieldText} from '../texts/fields-hook.js';
import {boundElsewhere, boundsFor, listOf, withBound, type Bound} from './field-bounds.js';
import {optionsOf, type EditedOption, type FieldCells, type ShownField} from './field-cells.js';
import {FieldPart} from './field-part.js';

/** What lower levels may make of a column: locked, or changed within a bound. `fields` are the columns of its table. */
export function FieldBoundInputs({cells, field, fields, options, errors, onChange}: {
  readonly cells: FieldCells; readonly field: ShownField | null; readonly fields: readonly ShownField[]; readonly options: readonly EditedOption[]; readonly errors: ReadonlyMap<string, string>; readonly onChange: (cells: FieldCells) => void;
}) {
  const t = useFieldText();
  const isEnglish = useLanguage() === 'en';
  const titleOf = ({cells: own, column}: ShownField): string => (isEnglish ? own['titleEn'] : undefined) ?? own['titleZh'] ?? column;
  const elsewhere = boundElsewhere(fields, cells['column'] ?? '');
  const offered = boundsFor(cells, field?.uses ?? []);
  const below = cells['below'];
  const set = (cell: string, values: readonly string[]) => onChange(Object.fromEntries(Object.entries({...cells, [cell]: values.join(',')}).filter(([, value]) => value !== '')));
  const select = (cell: string) => ({id: `field-${cell}`, className: 'app-catalog-wide', status: errors.has(cell) ? ('error' as const) : ('' as const), 'aria-describedby': `field-${cell}-note`});
  if (elsewhere || offered.length === 0) return <FieldPart cell="below" label={t('below')} error={errors.get('below')}><span id="field-below">{elsewhere ? t('belowAlong', {title: titleOf(elsewhere)}) : t('belowFixed')}</span></FieldPart>;
  const choices = cells['type'] === 'choice' && field && !field.isOwn ? optionsOf(field.values) : options;
  return (
    <>
      <FieldPart cell="below" label={t('below')} error={errors.get('below')} help={t('belowHelp')}>
        <Select {...select('below')} value={below ?? ''} options={[{value: '', label: t('below.locked')}, ...offered.map(bound => ({value: bound, label: t(`below.${bound}`)}))]} onChange={next => onChange(withBound(cells, next === '' ? null : (next as Bound)))} />
      </FieldPart>
      {below === 'notLonger' ? (
        <FieldPart cell="belowWith" label={t('belowUnit')} isRequired error={errors.get('belowWith')}>
          <Select {...select('belowWith')} value={cells['belowWith'] ?? null} options={fields.filter(each => each.cells['type'] === 'choice' && each.column !== 'status' && !each.uses.includes('key')).map(each => ({value: each.column, label: titleOf(each)}))} onChange={next => set('belowWith', [next ?? ''])} />
        </FieldPart>
      ) : null}
      {below === 'notLower' ? (
        <FieldPart cell="belowOrder" label={t('belowOrder')} isRequired error={errors.get('belowOrder')} help={t('belowOrderHelp')}>
          <Select {...select('belowOrder')} mode="multiple" value={[...listOf(cells['belowOrder'])]} options={choices.map(({value, zh, en}) => ({value, label: (isEnglish && en !== '' ? en : zh) || value}))} onChange={next => set('belowOrder', next)} />
        </FieldPart>
      ) : null}
    </>
  );
}
