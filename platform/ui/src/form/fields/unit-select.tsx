import {Select, TreeSelect} from 'antd';
import type {UnitView} from '@banli/api';
import {useMemo} from 'react';
import {useLanguage, useUiText} from '../../i18n/hooks.js';
import type {Language} from '../../i18n/texts.js';
import {ReadText, type ControlProps} from '../control.js';
import {unitTitle} from './unit-title.js';
import {useFormSurroundings, useFormValues} from '../form-context.js';
import type {FormServices} from '../services.js';
import {CatalogSelectEdit, CatalogSelectRead, popupWidth} from './catalog-select.js';
import {useLoaded} from './use-loaded.js';

/** One unit, or several for a list; typing narrows by name or area code. */
export function UnitSelectEdit({value, onChange, node, services, selectElement, status, onBlur}: ControlProps) {
  const t = useUiText();
  const language = useLanguage();
  const {value: units = []} = useLoaded('units', () => services.units());
  const isMultiple = node.type === 'array';
  const root = node['x-component-props']?.['scope'] === 'below' ? services.ownUnitId : null;
  const handlers = useHandlers(node, services);
  const options = useMemo(() => unitsBelow(units, root).map(unit => {
    const title = unitTitle(unit, language);
    return {value: unit.id, label: title, search: `${unit.name} ${unit.titleEn ?? ''} ${unit.areaCode}`, hasRight: !handlers || handlers.includes(unit.id)};
  }), [units, root, language, handlers]);
  const chosen: readonly unknown[] = Array.isArray(value) ? value : [value];
  const without = options.filter(option => !option.hasRight && chosen.includes(option.value));
  return (
    <>
      <Select
        {...selectElement}
        {...(isMultiple ? {mode: 'multiple' as const} : {})}
        value={value ?? (isMultiple ? [] : undefined)}
        options={options}
        status={status}
        onBlur={onBlur}
        placeholder={t('form.choose')}
        optionFilterProp="search"
        optionRender={({data}) => (
          <>
            {data.label}
            {data.hasRight ? null : <div className="banli-field-words">{t('form.noRight')}</div>}
          </>
        )}
        showSearch
        allowClear
        onChange={next => onChange(next ?? undefined)}
      />
      {without.length > 0 ? <div className="banli-field-words" role="status">{t('form.noRightChosen', {units: without.map(({label}) => label).join(language === 'en' ? ', ' : '、')})}</div> : null}
    </>
  );
}

/** The units that may handle what the form is about, where the field names the fields of matter and area (`handles`); `null` while that is not known: nothing is marked then. */
function useHandlers(node: ControlProps['node'], services: FormServices): readonly string[] | null {
  const {model} = useFormSurroundings();
  const values = useFormValues(model);
  const named = node['x-component-props']?.['handles'];
  const {matter, area} = typeof named === 'object' && named !== null ? (named as Readonly<Record<string, unknown>>) : {};
  const valueOf = (name: unknown): string => (typeof name === 'string' && typeof values[name] === 'string' ? values[name] : '');
  const [matterCode, areaCode] = [valueOf(matter), valueOf(area)];
  const key = services.handlers && matterCode !== '' && areaCode !== '' ? `${matterCode}|${areaCode}` : null;
  const {value} = useLoaded(key, async () => ({key, units: (await services.handlers?.(matterCode, areaCode)) ?? []}));
  return value && value.key === key ? value.units : null;
}

/** The units below a unit, at any depth, without itself; all units where no unit is named. */
export function unitsBelow(units: readonly UnitView[], rootId: string | null): readonly UnitView[] {
  if (rootId === null) return units;
  const parents = new Map(units.map(unit => [unit.id, unit.parentId]));
  const isBelow = (unit: UnitView): boolean => {
    for (let id = unit.parentId, steps = 0; id !== null && id !== undefined && steps < 20; id = parents.get(id) ?? null, steps += 1) if (id === rootId) return true;
    return false;
  };
  return units.filter(isBelow);
}

/** Names of the chosen units. */
export function UnitSelectRead({value, services}: ControlProps) {
  const language = useLanguage();
  const ids = value === undefined ? [] : Array.isArray(value) ? value : [value];
  const {value: units = []} = useLoaded(ids.length === 0 ? null : 'units', () => services.units());
  const titleOf = (id: unknown): string => {
    const unit = units.find(each => each.id === id);
    return unit ? unitTitle(unit, language) : String(id);
  };
  return <ReadText text={ids.map(titleOf).join(language === 'en' ? ', ' : '、')} />;
}

/** An area: from its catalog where the form names one, else from the tree of units, whose area codes are the value. */
export function AreaSelectEdit(props: ControlProps) {
  const t = useUiText();
  const hasCatalog = props.field.binding.catalog !== undefined;
  const {value: units = []} = useLoaded(hasCatalog ? null : 'units', () => props.services.units());
  const tree = useMemo(() => areaTree(units), [units]);
  if (hasCatalog) return <CatalogSelectEdit {...props} />;
  return (
    <TreeSelect
      {...props.selectElement}
      value={props.value as string | undefined}
      treeData={tree}
      status={props.status}
      onBlur={props.onBlur}
      placeholder={t('form.choose')}
      treeNodeFilterProp="title"
      popupMatchSelectWidth={popupWidth(320)}
      treeDefaultExpandedKeys={tree.map(node => node.value)}
      showSearch
      allowClear
      onChange={next => props.onChange(next ?? undefined)}
    />
  );
}

/** The area's name. */
export function AreaSelectRead(props: ControlProps) {
  const hasCatalog = props.field.binding.catalog !== undefined;
  const {value: units = []} = useLoaded(hasCatalog || props.value === undefined ? null : 'units', () => props.services.units());
  if (hasCatalog) return <CatalogSelectRead {...props} />;
  const found = areaUnits(units).find(unit => unit.areaCode === props.value);
  return <ReadText text={found ? areaName(found) : typeof props.value === 'string' ? props.value : ''} />;
}

interface AreaNode {
  readonly value: string;
  readonly title: string;
  readonly children?: AreaNode[];
}

/** The first unit of each area code in the order of levels: it stands for the area. */
function areaUnits(units: readonly UnitView[]): readonly UnitView[] {
  const byCode = new Map<string, UnitView>();
  for (const unit of [...units].sort((a, b) => a.level - b.level)) {
    if (!byCode.has(unit.areaCode)) byCode.set(unit.areaCode, unit);
  }
  return [...byCode.values()];
}

function areaName(unit: UnitView): string {
  return `${unit.name}（${unit.areaCode}）`;
}

function areaTree(units: readonly UnitView[]): AreaNode[] {
  const areas = areaUnits(units);
  const parentOf = (code: string) => {
    const above = areas.filter(unit => unit.areaCode !== code && code.startsWith(trimCode(unit.areaCode)));
    return above.sort((a, b) => trimCode(b.areaCode).length - trimCode(a.areaCode).length)[0]?.areaCode ?? null;
  };
  const build = (parent: string | null): AreaNode[] =>
    areas
      .filter(unit => parentOf(unit.areaCode) === parent)
      .map(unit => {
        const children = build(unit.areaCode);
        return {value: unit.areaCode, title: areaName(unit), ...(children.length > 0 ? {children} : {})};
      });
  return build(null);
}

/** `650100` → `6501`: the part of a GB/T 2260 code that the codes below it begin with. */
function trimCode(code: string): string {
  return code.replace(/(00)+$/, '');
}
