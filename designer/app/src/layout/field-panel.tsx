import {ArrowDownOutlined, ArrowUpOutlined} from '@ant-design/icons';
import type {FieldPlacement} from '@banli/formats';
import {nodeTitle, useLanguage} from '@banli/ui';
import {Button, Input, Segmented, Select, Switch} from 'antd';
import {useEffect, useState, type ReactNode} from 'react';
import {useText} from '../texts/hook.js';
import type {OutlineField, OutlineSection} from './compose-form.js';
import type {PlacementPatch} from './edit-layout.js';
import {sourceWords} from './source-words.js';

/** As long as a layout's title may be (`form-layout.schema.json`). */
const longest = {zh: 60, en: 120, help: 200} as const;

/** What the panel of a field takes; `locked` says why nothing can be changed. */
export interface FieldPanelProps {
  readonly field: OutlineField;
  readonly sections: readonly OutlineSection[];
  readonly locked: string | null;
  /** Why it cannot be hidden; `null` when it can. */
  readonly mustShow: string | null;
  readonly canMove: {readonly up: boolean; readonly down: boolean};
  readonly onMove: (by: -1 | 1) => void;
  readonly onPlace: (patch: PlacementPatch) => void;
}

/** One field: where it comes from, and how the layout places and names it. */
export function FieldPanel({field, sections, locked, mustShow, canMove, onMove, onPlace}: FieldPanelProps) {
  const t = useText();
  const language = useLanguage();
  return (
    <div className="designer-layout-panel-body" key={field.id}>
      <h3>{nodeTitle(field.name, field.node, language)}</h3>
      <p className="banli-secondary">{t('layout.from', {layers: field.sources.map(source => sourceWords(source, t, language)).join(language === 'en' ? ', ' : '、')})}</p>
      {locked === null ? null : <p className="designer-layout-note">{locked}</p>}
      {field.isPlaceable ? <Settings {...{field, sections, isLocked: locked !== null, mustShow, canMove, onMove, onPlace}} /> : null}
    </div>
  );
}

function Settings({field, sections, isLocked, mustShow, canMove, onMove, onPlace}: Omit<FieldPanelProps, 'locked'> & {readonly isLocked: boolean}) {
  const t = useText();
  const language = useLanguage();
  const {placement} = field;
  return (
    <>
      <Row label={t('layout.order')}>
        <Button icon={<ArrowUpOutlined />} disabled={isLocked || !canMove.up} onClick={() => onMove(-1)}>{t('layout.up')}</Button>
        <Button icon={<ArrowDownOutlined />} disabled={isLocked || !canMove.down} onClick={() => onMove(1)}>{t('layout.down')}</Button>
      </Row>
      <Row label={t('layout.section')} htmlFor="layout-section">
        <Select id="layout-section" className="designer-layout-wide" disabled={isLocked} value={field.section} options={sections.map(({name, node}) => ({value: name, label: nodeTitle(name, node, language)}))} onChange={(name: string) => onPlace({section: name === field.home ? undefined : name, after: undefined})} />
      </Row>
      <Row label={t('layout.width')}>
        <Segmented disabled={isLocked} aria-label={t('layout.width')} value={placement.width ?? 'own'} options={[{value: 'own', label: t('layout.widthOwn')}, {value: 'one', label: t('layout.widthOne')}, {value: 'two', label: t('layout.widthTwo')}]} onChange={value => onPlace({width: value === 'own' ? undefined : (value as 'one' | 'two')})} />
      </Row>
      <Words key={field.id} field={field} isLocked={isLocked} onPlace={onPlace} />
      <Row label={t('layout.hidden')}>
        <Switch aria-label={t('layout.hidden')} checked={placement.hidden === true} disabled={isLocked || (mustShow !== null && placement.hidden !== true)} onChange={isOn => onPlace({hidden: isOn ? true : undefined})} />
        {mustShow === null ? null : <span className="banli-secondary">{mustShow}</span>}
      </Row>
    </>
  );
}

/** Title and help in both languages, written as soon as one leaves the field. */
function Words({field, isLocked, onPlace}: {readonly field: OutlineField; readonly isLocked: boolean; readonly onPlace: (patch: PlacementPatch) => void}) {
  const t = useText();
  const {title, help} = field.placement;
  const put = (part: 'title' | 'help', language: 'zh-CN' | 'en', value: string): void => {
    const before = field.placement[part];
    const own = field.node.title ?? field.name;
    const zh = language === 'zh-CN' ? value.trim() : (before?.['zh-CN'] ?? '');
    const en = language === 'en' ? value.trim() : (before?.en ?? '');
    // English alone needs the Chinese words beside it: those the field has by itself.
    const base = zh === '' && en !== '' && part === 'title' ? own : zh;
    onPlace({[part]: base === '' ? undefined : {'zh-CN': base, ...(en === '' ? {} : {en})}} as PlacementPatch);
  };
  return (
    <>
      <TextRow id="layout-title-zh" label={t('layout.titleZh')} value={title?.['zh-CN'] ?? ''} placeholder={field.node.title ?? field.name} max={longest.zh} isLocked={isLocked} onDone={value => put('title', 'zh-CN', value)} />
      <TextRow id="layout-title-en" label={t('layout.titleEn')} value={title?.en ?? ''} placeholder={field.node['x-banli']?.titleEn ?? ''} max={longest.en} isLocked={isLocked} onDone={value => put('title', 'en', value)} />
      <TextRow id="layout-help-zh" label={t('layout.helpZh')} value={help?.['zh-CN'] ?? ''} placeholder={field.node['x-banli']?.help?.['zh-CN'] ?? ''} max={longest.help} isLocked={isLocked} onDone={value => put('help', 'zh-CN', value)} />
    </>
  );
}

function TextRow({id, label, value, placeholder, max, isLocked, onDone}: {readonly id: string; readonly label: string; readonly value: NonNullable<FieldPlacement['title']>['zh-CN']; readonly placeholder: string; readonly max: number; readonly isLocked: boolean; readonly onDone: (value: string) => void}) {
  const [typed, setTyped] = useState(value);
  useEffect(() => setTyped(value), [value]);
  const finish = (): void => {
    if (typed.trim() !== value) onDone(typed);
  };
  return (
    <Row label={label} htmlFor={id}>
      <Input id={id} value={typed} placeholder={placeholder} maxLength={max} disabled={isLocked} onChange={event => setTyped(event.target.value)} onBlur={finish} onPressEnter={finish} />
    </Row>
  );
}

function Row({label, htmlFor, children}: {readonly label: string; readonly htmlFor?: string; readonly children: ReactNode}) {
  return (
    <div className="designer-layout-setting">
      {htmlFor === undefined ? <span className="designer-layout-label">{label}</span> : <label className="designer-layout-label" htmlFor={htmlFor}>{label}</label>}
      <div className="designer-layout-controls">{children}</div>
    </div>
  );
}
