import {DownOutlined, RightOutlined} from '@ant-design/icons';
import {useEffect, useRef, useState, useSyncExternalStore, type ReactNode} from 'react';
import {useLanguage, useUiText} from '../i18n/hooks.js';
import {nodeTitle, orderNodes} from './fields-of.js';
import {useFormSurroundings} from './form-context.js';
import {isEmptyValue} from './field-views.js';
import type {FormModel} from './form-model.js';

/** From this number of fields that the person may see, sections far below the screen are drawn only when one comes near. */
const lazyFromFields = 100;

/** Element id of a section, for anchors. */
export function sectionId(formId: string, name: string): string {
  return `${formId}-section-${name}`;
}

/** The layout node with this name. */
function findNode(model: FormModel, name: string) {
  return orderNodes(model.schema.properties).find(([key]) => key === name)?.[1];
}

/** Says whether a section shows anything now: its fields may all be hidden by rules, or be empty where empty ones are left out. */
function hasContent(model: FormModel, name: string, hideEmpty: boolean): boolean {
  return [...model.fields.values()].some(field => {
    const view = field.section === name ? model.view(field.name) : undefined;
    if (!view || view.display === 'hidden') return false;
    const value = model.values()[field.name];
    return view.display === 'edit' || !hideEmpty || !(isEmptyValue(value) || value === false);
  });
}

/** Says whether something in a section is to be filled in by this person. */
function isForFilling(model: FormModel, name: string): boolean {
  return [...model.fields.values()].some(field => field.section === name && model.view(field.name)?.display === 'edit');
}

/** Sections with something to show, in reading order; `edit` ones wait for this person. */
export function useShownSections(model: FormModel, hideEmpty: boolean): ReadonlyArray<{readonly name: string; readonly title: string; readonly edit: boolean}> {
  const language = useLanguage();
  const shown = useSyncExternalStore(model.subscribe, () => {
    const names = orderNodes(model.schema.properties).filter(([name, node]) => node.type === 'void' && hasContent(model, name, hideEmpty));
    return names.map(([name]) => `${isForFilling(model, name) ? '*' : ''}${name}`).join(' ');
  });
  return shown === '' ? [] : shown.split(' ').map(mark => ({name: mark.replace('*', ''), edit: mark.startsWith('*')})).map(({name, edit}) => ({name, edit, title: nodeTitle(name, findNode(model, name) ?? {type: 'void'}, language)}));
}

/** Says whether a section that may be folded has to be open by itself: something in it is filled in, or wrong. */
function mustShow(model: FormModel, name: string): boolean {
  return [...model.fields.values()].some(field => field.section === name && (model.problem(field.name) !== undefined || !isEmptyValue(model.values()[field.name])));
}

/** Whether a section is open: one marked as folded is closed until somebody opens it, jumps into it, or something in it is filled in or wrong. */
function useFold(model: FormModel, name: string, isFolded: boolean): {readonly canFold: boolean; readonly isOpen: boolean; readonly toggle: () => void} {
  const [isOpen, setOpen] = useState(() => !isFolded || mustShow(model, name));
  const isForced = useSyncExternalStore(model.subscribe, () => mustShow(model, name));
  const canFold = useSyncExternalStore(model.subscribe, () => isFolded && isForFilling(model, name));
  useEffect(() => {
    if (isForced) setOpen(true);
    return model.onJump(section => {
      if (section === name) setOpen(true);
    });
  }, [isForced, model, name]);
  return {canFold, isOpen: isOpen || !canFold, toggle: () => setOpen(before => !before)};
}

/** A titled part of a form, its fields in a dense grid; draws nothing while it has nothing to show. */
export function Section({name, children}: {readonly name: string; readonly children?: ReactNode}) {
  const {model, hideEmpty} = useFormSurroundings();
  const language = useLanguage();
  const t = useUiText();
  const isShown = useSyncExternalStore(model.subscribe, () => hasContent(model, name, hideEmpty));
  const frame = useRef<HTMLElement>(null);
  const isDrawn = useIsNear(frame, model, name);
  const node = findNode(model, name);
  const {canFold, isOpen, toggle} = useFold(model, name, node?.['x-component-props']?.['folded'] === true);
  if (!node) return <div className="banli-grid">{children}</div>;
  if (!isShown) return null;
  const title = nodeTitle(name, node, language);
  const id = sectionId(model.id, name);
  return (
    <section ref={frame} id={id} className={`banli-section${isDrawn ? '' : ' banli-section-waiting'}`} aria-labelledby={`${id}-title`} tabIndex={-1}>
      <h2 id={`${id}-title`} className="banli-section-title">
        {canFold ? (
          <button type="button" className="banli-section-fold" aria-expanded={isOpen} aria-controls={`${id}-fields`} onClick={toggle}>
            {isOpen ? <DownOutlined aria-hidden /> : <RightOutlined aria-hidden />}
            <span>
              {title}
              {t('form.optional')}
            </span>
          </button>
        ) : (
          title
        )}
      </h2>
      <div id={`${id}-fields`} hidden={!isOpen}>
        {isDrawn ? <div className="banli-grid">{children}</div> : null}
      </div>
    </section>
  );
}

/** Fields side by side inside a section. */
export function Grid({children}: {readonly name: string; readonly children?: ReactNode}) {
  return (
    <div className="banli-field-wide">
      <div className="banli-grid">{children}</div>
    </div>
  );
}

/** The nearest ancestor that scrolls: a margin counts only around it. `null` is the window. */
function scrollParent(element: HTMLElement): HTMLElement | null {
  for (let parent = element.parentElement; parent; parent = parent.parentElement) {
    if (/auto|scroll/.test(getComputedStyle(parent).overflowY)) return parent;
  }
  return null;
}

function useIsNear(frame: React.RefObject<HTMLElement | null>, model: FormModel, name: string): boolean {
  const [isNear, setNear] = useState(() => Object.values(model.access).filter(level => level !== 'hidden').length < lazyFromFields);
  useEffect(() => {
    if (isNear || !frame.current) return undefined;
    const observer = new IntersectionObserver(entries => entries.some(entry => entry.isIntersecting) && setNear(true), {root: scrollParent(frame.current), rootMargin: '600px'});
    observer.observe(frame.current);
    const stop = model.onJump(section => section === name && setNear(true));
    return () => {
      observer.disconnect();
      stop();
    };
  }, [frame, isNear, model, name]);
  return isNear;
}
