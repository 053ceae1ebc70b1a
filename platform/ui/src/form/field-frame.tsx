import {useField} from '@formily/react';
import type {Field} from '@formily/core';
import type {CommonPhrase, FormNode} from '@banli/formats';
import {observer} from '@formily/react';
import type {ReactNode} from 'react';
import {useLanguage, useLocalize, useUiText} from '../i18n/hooks.js';
import {useFieldState, useFormSurroundings, useFormValues} from './form-context.js';
import {nodeHelp, nodeTitle} from './fields-of.js';
import {isEmptyValue} from './field-views.js';
import {controlId} from './form-model.js';
import {PhraseMenu} from './phrase-menu.js';
import {fittingPhrases, withPhrase} from './phrase-text.js';
import {SeatWords} from './seat-words.js';
import {defaultComponent} from './prepare-schema.js';

const wideComponents = new Set(['Input.TextArea', 'FileUpload']);

/** Label, star, help, control and problem of one field; read-only ones as text beside their label. Hidden ones draw nothing. */
export const FieldFrame = observer(function FieldFrame({name, children}: {readonly name: string; readonly children?: ReactNode}) {
  const {model, hideEmpty, notes} = useFormSurroundings();
  const {info, view, problem} = useFieldState(name);
  const value = (useField() as Field).value as unknown;
  const language = useLanguage();
  const t = useUiText();
  if (!info || view.display === 'hidden') return null;
  const isRead = view.display === 'read';
  if (isRead && hideEmpty && (isEmptyValue(value) || value === false)) return null;
  const id = controlId(model.id, name);
  const title = nodeTitle(name, info.node, language);
  const help = nodeHelp(info.node, language);
  const note = notes[name];
  return (
    <div id={`${id}-frame`} className={`banli-field banli-field-${view.display} ${widthClass(info.node, isRead, value)}`} data-field={name}>
      <label id={`${id}-label`} className={`banli-field-label${!isRead && isBox(info.node) ? ' banli-field-label-box' : ''}`} {...(isRead ? {} : {htmlFor: id})}>
        {!isRead && isBox(info.node) ? null : title}
        {view.required ? (
          <span className="banli-field-star" title={t('form.required')} aria-hidden>
            *
          </span>
        ) : null}
        {!view.required && note && !isRead ? <span className="banli-field-note">{note}</span> : null}
      </label>
      {info.binding.phrases === undefined || isRead ? null : <FieldPhrases name={name} phrases={info.binding.phrases} />}
      <div className="banli-field-control">{children}</div>
      {problem ? (
        <div id={`${id}-problem`} className="banli-field-problem" role="alert">
          {problem}
        </div>
      ) : null}
      {info.binding.words === 'seat' && !isRead ? <SeatWords id={id} text={typeof value === 'string' ? value : ''} /> : null}
      {help && !isRead ? (
        <div id={`${id}-help`} className="banli-field-help">
          {help}
        </div>
      ) : null}
    </div>
  );
});

/** 常用语 of a field; a chosen one goes behind what is typed, and typing goes on there. */
function FieldPhrases({name, phrases}: {readonly name: string; readonly phrases: readonly CommonPhrase[]}) {
  const {model, services} = useFormSurroundings();
  const localize = useLocalize();
  const {reasons} = services;
  const texts = fittingPhrases(phrases, {...model.context, form: useFormValues(model)}).map(({text}) => localize(text));
  const pick = (text: string) => {
    const typed = model.values()[name];
    model.fill({[name]: withPhrase(typeof typed === 'string' ? typed : '', text)});
    model.focus(name);
  };
  if (texts.length === 0 && !reasons) return null;
  return <PhraseMenu labelId={`${controlId(model.id, name)}-label`} phrases={texts} onPick={pick} {...(reasons ? {recent: () => reasons.recent(name), forget: () => reasons.forget(name)} : {})} />;
}

/** How many columns a field takes: long texts and files the whole row, a field that asks for two columns two of them. */
function widthClass(node: FormNode, isRead: boolean, value: unknown): string {
  const asked = node['x-decorator-props']?.['span'] ?? node['x-decorator-props']?.['gridSpan'];
  const isLong = typeof value === 'string' && value.length > (node['x-component'] === 'Input.TextArea' ? 16 : 40);
  if (isRead ? isLong || node['x-component'] === 'FileUpload' : wideComponents.has(node['x-component'] ?? defaultComponent(node))) return 'banli-field-wide';
  return typeof asked === 'number' && asked > 1 && !isRead ? 'banli-field-two' : '';
}

/** A box to tick carries its title beside it. */
function isBox(node: FormNode): boolean {
  return node.type === 'boolean' && ['Checkbox', 'Switch'].includes(node['x-component'] ?? defaultComponent(node));
}
