import {DesktopOutlined, MobileOutlined} from '@ant-design/icons';
import type {BundleFiles} from '@banli/formats';
import {EmptyState, ErrorPanel, useLanguage, useLocalize} from '@banli/ui';
import {Alert, Segmented, Select, Spin, Switch} from 'antd';
import {useEffect, useMemo, useRef, useState} from 'react';
import {useSearchParams} from 'react-router-dom';
import {usePreviewServices} from '../http/form-services.js';
import type {Palette} from '../editor/read-palette.js';
import {useText} from '../texts/hook.js';
import type {Composition, OutlineField} from './compose-form.js';
import {FieldPanel} from './field-panel.js';
import {FormPreview} from './form-preview.js';
import {LayoutOutline} from './layout-outline.js';
import {sourceWords} from './source-words.js';
import {SubjectBar} from './subject-bar.js';
import {useLayers, type Layers, type Subject} from './use-layers.js';
import {useLayoutEdits} from './use-layout-edits.js';
import './layout.css';

/** What the tab of layouts takes. */
export interface LayoutTabProps {
  readonly bundleId: string;
  readonly files: BundleFiles;
  readonly requiredElements: Palette['requiredElements'];
  readonly mayEdit: boolean;
  readonly onWrite: (file: string, text: string) => void;
}

const subjectParts = ['matter', 'channel', 'area', 'day', 'changeId', 'form'] as const;

/** 布局: the form of a matter as it will be, each field with the layer it comes from, and the layout that places, names and hides them. */
export function LayoutTab(props: LayoutTabProps) {
  const t = useText();
  const services = usePreviewServices();
  const [subject, setSubject] = useSubject();
  const layers = useLayers(props.bundleId, props.files, subject);
  const {parts, composition} = layers;
  if (parts.broken.length > 0) return <EmptyState isPage title={t('layout.broken')} help={parts.broken.join('  ')} />;
  if (!composition) return <EmptyState isPage title={t('layout.none')} help={t('layout.noneHelp')} />;
  return (
    <div className="designer-layout">
      <SubjectBar parts={parts} subject={subject} services={services} onChange={setSubject} />
      {layers.error ? <ErrorPanel error={layers.error} onRetry={layers.retry} /> : null}
      <Workplace {...props} layers={layers} composition={composition} subject={subject} services={services} />
    </div>
  );
}

/** Whose form is shown stands in the address, so that it is there again. */
function useSubject(): readonly [Subject, (subject: Subject) => void] {
  const [query, setQuery] = useSearchParams();
  const subject = Object.fromEntries(subjectParts.map(part => [part, query.get(part) ?? ''])) as unknown as Subject;
  return [subject, next => setQuery(before => {
    const kept = new URLSearchParams(before);
    for (const part of subjectParts) {
      if (next[part] === '') kept.delete(part);
      else kept.set(part, next[part]);
    }
    return kept;
  }, {replace: true})];
}

function Workplace({layers, composition, subject, services, requiredElements, mayEdit, onWrite}: LayoutTabProps & {readonly layers: Layers; readonly composition: Composition; readonly subject: Subject; readonly services: ReturnType<typeof usePreviewServices>}) {
  const t = useText();
  const language = useLanguage();
  const localize = useLocalize();
  const mayPlace = mayEdit && layers.standIn === null;
  const edits = useLayoutEdits(composition, subject.area, onWrite);
  const [selected, setSelected] = useState<string | null>(null);
  const [isPhone, setPhone] = useState(false);
  const [isTelling, setTelling] = useState(false);
  const {form} = edits;
  const all = useMemo(() => [...form.sections.flatMap(({fields}) => fields), ...form.hidden], [form]);
  const field = all.find(each => each.id === selected) ?? null;
  const notes = useMemo(() => (isTelling ? Object.fromEntries(all.map(({name, sources}) => [name, sources.map(source => sourceWords(source, t, language)).join(' + ')])) : {}), [isTelling, all, t, language]);
  const values = useMemo(() => valuesOf(layers, subject), [layers.parts.manifest, subject.matter, subject.channel, subject.area]);
  const move = (id: string, by: -1 | 1): void => {
    if (edits.move(id, by)) setSelected(id);
  };
  const panel = useRef<HTMLElement>(null);
  const select = (id: string): void => {
    setSelected(id);
    // Where the panel does not stand beside the outline, it comes to whoever chose.
    if (window.innerWidth <= 1100) panel.current?.scrollIntoView({block: 'nearest'});
  };
  useKeptFocus(form, selected);
  useShownField(field?.name ?? null, form);
  return (
    <>
      <div className="designer-layout-tools">
        <label className="designer-layout-target"><span>{t('layout.target')}</span><Select className="designer-layout-choice" aria-label={t('layout.target')} value={edits.target.path} onChange={edits.choose} options={edits.choices.map(({path, layout}) => ({value: path, label: layout.areas ? t('layout.ofArea', {areas: layout.areas.join(language === 'en' ? ', ' : '、')}) : t('layout.everywhere')}))} /></label>
        {edits.isNew ? <span className="banli-secondary">{t('layout.isNew')}</span> : null}
        <span className="designer-layout-version banli-secondary">{layers.isLoading ? <Spin size="small" /> : null}{subject.matter === '' ? t('layout.chooseMatter') : layers.version === null ? t('layout.noClass') : t('layout.version', {version: layers.version})}</span>
        <label className="designer-layout-target"><Switch size="small" checked={isTelling} onChange={setTelling} aria-label={t('layout.tell')} /><span>{t('layout.tell')}</span></label>
        <Segmented aria-label={t('layout.size')} value={isPhone ? 'phone' : 'desk'} onChange={value => setPhone(value === 'phone')} options={[{value: 'desk', label: t('layout.desk'), icon: <DesktopOutlined />}, {value: 'phone', label: t('layout.phone'), icon: <MobileOutlined />}]} />
      </div>
      {layers.standIn ? <Alert banner type="info" message={t('layout.standIn', {form: localize(layers.standIn['x-banli-form'].title)})} /> : null}
      {subject.changeId === '' ? null : <Alert banner type="info" message={t('layout.draftShown')} />}
      <div className="designer-layout-body">
        <LayoutOutline form={form} selected={selected} onSelect={select} onMove={mayPlace ? move : null} />
        <FormPreview schema={form.schema} permissions={layers.parts.permissions} values={values} notes={notes} services={services} isPhone={isPhone} />
        <aside ref={panel} className="designer-layout-panel" aria-label={t('layout.panel')}>
          {field ? (
            <FieldPanel
              field={field} sections={form.sections} locked={lockOf(field)} mustShow={mustShowOf(field)} canMove={mayPlace ? edits.canMove(field.id) : {up: false, down: false}}
              onMove={by => move(field.id, by)} onPlace={patch => edits.place(field, patch)}
            />
          ) : <p className="banli-secondary">{t('layout.nothing')}</p>}
        </aside>
      </div>
    </>
  );

  function lockOf(one: OutlineField): string | null {
    const other = edits.overruled(one.id);
    if (!mayEdit) return t('layout.readOnly');
    if (layers.standIn) return t('layout.standInOnly');
    if (!one.isPlaceable) return t('layout.baseField');
    return other === null ? null : t('layout.overruled', {file: other});
  }

  function mustShowOf(one: OutlineField): string | null {
    const catalog = layers.parts.manifest?.classForm?.catalog;
    const by = catalog === undefined ? undefined : requiredElements[catalog]?.[one.id.replace(/^element\./, '')];
    if (by && by.length > 0 && one.id.startsWith('element.')) return t('layout.demandedBy', {count: by.length});
    return one.isDemanded ? t('layout.demandedHere') : null;
  }
}

/** A field that moved keeps the focus: its row is drawn anew in another place. */
function useKeptFocus(form: unknown, selected: string | null): void {
  useEffect(() => {
    if (selected === null || document.activeElement !== document.body) return;
    document.querySelector<HTMLElement>(`[data-field-id="${CSS.escape(selected)}"]`)?.focus();
  }, [form, selected]);
}

/** The chosen field is marked in the preview, and brought into sight. */
function useShownField(name: string | null, form: unknown): void {
  useEffect(() => {
    const frame = name === null ? null : document.querySelector(`.designer-layout-preview [data-field="${CSS.escape(name)}"]`);
    frame?.classList.add('designer-layout-shown');
    if (window.innerWidth > 767) frame?.scrollIntoView({block: 'nearest'});
    return () => frame?.classList.remove('designer-layout-shown');
  }, [name, form]);
}

/** What the preview begins with: whatever was chosen above the form. */
function valuesOf({parts}: Layers, {matter, channel, area}: Subject): Readonly<Record<string, unknown>> {
  const {matter: matterField, channel: channelField, area: areaField} = parts.manifest?.caseFields ?? {};
  return Object.fromEntries([[matterField, matter], [channelField, channel], [areaField, area]].filter((pair): pair is [string, string] => pair[0] !== undefined && pair[1] !== ''));
}
