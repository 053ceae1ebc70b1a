import {checkExpression, type DataModel, type FeelType} from '@banli/expressions';
import {errorText, type AppError} from '@banli/errors';
import {useJoints, useLanguage, useLocalize} from '@banli/ui';
import {Input, Select} from 'antd';
import {useEffect, useId, useState, type ReactNode} from 'react';
import type {Choice} from '../design/design-context.js';
import {useProcessText} from '../texts/hook.js';
import {problemSentence} from '../problems/sentence.js';
import {useTellFieldError, useTellUnwritten} from './field-errors.js';

/** A labelled row of the panel; help stands under the label, an error under the field. */
export function Row({label, help, error, required = false, children}: {readonly label: string; readonly required?: boolean; readonly help?: string | undefined; readonly error?: string | undefined; readonly children: (id: string) => ReactNode}) {
  const id = useId();
  useTellFieldError(error);
  return (
    <div className="banli-panel-row">
      <label htmlFor={id}>{label}{required ? <span className="banli-panel-star" aria-hidden>*</span> : null}</label>
      {children(id)}
      {help && !error ? <div className="banli-panel-help">{help}</div> : null}
      {error ? <div className="banli-panel-error" role="alert">{error}</div> : null}
    </div>
  );
}

/** A heading of the panel with its rows. */
export function Section({title, extra, children}: {readonly title: string; readonly extra?: ReactNode; readonly children: ReactNode}) {
  return (
    <section className="banli-panel-section" aria-label={title}>
      <header>
        <h2>{title}</h2>
        {extra}
      </header>
      {children}
    </section>
  );
}

/** Text that is written when the field is left, or on Enter, so that one edit is one step of undo. What `check` refuses is not written, and told to whoever counts problems. */
export function TextRow({label, value, help, onWrite, check, rows = 1}: {readonly label: string; readonly value: string; readonly help?: string; readonly onWrite: (value: string) => void; readonly check?: (value: string) => AppError | undefined; readonly rows?: number}) {
  const language = useLanguage();
  const [typed, setTyped] = useState(value);
  useEffect(() => setTyped(value), [value]);
  const wrong = check?.(typed);
  const error = wrong && problemSentence({...wrong, message: wrong.message, place: {}}, language);
  useTellUnwritten(wrong);
  const write = (): void => {
    if (typed !== value && !error) onWrite(typed);
  };
  return (
    <Row label={label} help={help} error={error}>
      {id => (rows > 1
        ? <Input.TextArea id={id} value={typed} autoSize={{minRows: 1, maxRows: rows}} onChange={event => setTyped(event.target.value)} onBlur={write} />
        : <Input id={id} value={typed} status={error ? 'error' : ''} onChange={event => setTyped(event.target.value)} onBlur={write} onPressEnter={write} />)}
    </Row>
  );
}

/** FEEL with a live check: the problem and what to do, or the type it gives. */
export function FeelRow({label, value, model, expected, engine = false, optional = true, textAllowed = false, required = false, check, help, onWrite}: {
  readonly label: string;
  readonly value: string;
  readonly model: DataModel;
  readonly expected?: FeelType;
  readonly engine?: boolean;
  readonly optional?: boolean;
  /** The place takes text as well; FEEL begins with `=`. */
  readonly textAllowed?: boolean;
  readonly required?: boolean;
  /** Says what is wrong with a text that is no FEEL. */
  readonly check?: (typed: string) => string | undefined;
  readonly help?: string;
  readonly onWrite: (value: string) => void;
}) {
  const t = useProcessText();
  const language = useLanguage();
  const [typed, setTyped] = useState(value);
  useEffect(() => setTyped(value), [value]);
  const skip = (typed.trim() === '' && optional) || (textAllowed && !typed.startsWith('='));
  const found = skip ? null : checkExpression(textAllowed ? typed.slice(1) : typed, model, expected, engine);
  const problem = found?.problems[0];
  const error = problem ? (language === 'en' ? problem.message : errorText(problem.code, 'zh-CN', problem.details)) ?? problem.message : check?.(typed);
  return (
    <Row label={label} required={required} error={error} help={found && !problem ? t('feel.ok', {type: typeWords(found.type, t)}) : help}>
      {id => <Input.TextArea id={id} className="banli-panel-feel" spellCheck={false} value={typed} status={error ? 'error' : ''} autoSize={{minRows: 1, maxRows: 8}} onChange={event => setTyped(event.target.value)} onBlur={() => (typed === value ? undefined : onWrite(typed))} />}
    </Row>
  );
}

/** The type of an expression in words: 文本, 文本列表. */
function typeWords(type: FeelType, t: ReturnType<typeof useProcessText>): string {
  return type.kind === 'list' ? t('type.list', {type: typeWords(type.item, t)}) : t(`type.${type.kind}`);
}

/** One of several choices; empty text is none. `bare` leaves the ids out: they are words of the format, not of the bundle. */
export function ChoiceRow({label, value, choices, help, none, bare = false, required = false, error, onWrite}: {readonly label: string; readonly required?: boolean; readonly error?: string | undefined; readonly bare?: boolean; readonly value: string; readonly choices: readonly Choice[]; readonly help?: string; readonly none?: string; readonly onWrite: (value: string) => void}) {
  const localize = useLocalize();
  const joints = useJoints();
  const t = useProcessText();
  const options = choices.map(({id, title}) => ({value: id, label: bare || localize(title) === id ? localize(title) : joints.aside(localize(title), id)}));
  const unknown = value !== '' && !choices.some(({id}) => id === value) ? [{value, label: value}] : [];
  return (
    <Row label={label} help={help} required={required} error={error}>
      {id => <Select id={id} value={value} showSearch optionFilterProp="label" options={[{value: '', label: none ?? t('choose.none')}, ...options, ...unknown]} onChange={onWrite} />}
    </Row>
  );
}

/** Several choices, written as a list with `separator` between. */
export function ManyRow({label, value, choices, help, separator = ' ', free = false, onWrite}: {readonly label: string; readonly value: string; readonly choices: readonly Choice[]; readonly help?: string; readonly separator?: string; readonly free?: boolean; readonly onWrite: (value: string) => void}) {
  const localize = useLocalize();
  const joints = useJoints();
  const chosen = value.startsWith('=') ? [value] : value.split(separator).map(part => part.trim()).filter(part => part !== '');
  return (
    <Row label={label} help={help}>
      {id => <Select id={id} mode={free ? 'tags' : 'multiple'} value={chosen} optionFilterProp="label" options={choices.map(({id: key, title}) => ({value: key, label: localize(title) === key ? key : joints.aside(localize(title), key)}))} onChange={(list: readonly string[]) => onWrite(list.find(each => each.startsWith('=')) ?? list.join(separator))} />}
    </Row>
  );
}
