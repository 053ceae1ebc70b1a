import type {FormNode} from '@banli/formats';
import type {ComponentType} from 'react';
import {useLanguage, useUiText} from '../i18n/hooks.js';
import type {FieldInfo} from './fields-of.js';
import {nodeHelp, nodeTitle} from './fields-of.js';
import {useFieldState, useFormSurroundings} from './form-context.js';
import {controlId} from './form-model.js';
import type {FormServices} from './services.js';

/** What a control gets. `undefined` is no value; `onChange(undefined)` clears. */
export interface ControlProps {
  readonly value: unknown;
  readonly onChange: (value: unknown) => void;
  readonly field: FieldInfo;
  readonly node: FormNode;
  readonly services: FormServices;
  readonly title: string;
  /** To be put on the focusable element: id, names and descriptions for screen readers. */
  readonly element: {readonly id: string; readonly 'aria-describedby'?: string; readonly 'aria-invalid'?: true; readonly 'aria-required'?: true};
  /** As `element`, for antd's selects, which put these attributes on a plain `div` that may not carry the other two. */
  readonly selectElement: {readonly id: string; readonly 'aria-describedby'?: string};
  /** Id of the label, for groups that a `label for` cannot name. */
  readonly labelId: string;
  readonly status: '' | 'error';
  readonly onBlur: () => void;
}

interface FormilyProps {
  readonly name: string;
  readonly value?: unknown;
  readonly onChange?: (value: unknown) => void;
}

/**
 * Ties a pair of components to a Formily field: `Edit` while the person may write, `Read` (text) while he may only read.
 * A computed field is read, too.
 */
export function control(Edit: ComponentType<ControlProps>, Read: ComponentType<ControlProps>): ComponentType<FormilyProps> {
  return function BoundControl({name, value, onChange}) {
    const {model, services} = useFormSurroundings();
    const {info, view, problem} = useFieldState(name);
    const language = useLanguage();
    if (!info || view.display === 'hidden') return null;
    const id = controlId(model.id, name);
    const hasHelp = nodeHelp(info.node, language) !== '';
    const described = [...(problem ? [`${id}-problem`] : []), ...(hasHelp ? [`${id}-help`] : [])].join(' ');
    const Part = view.display === 'read' ? Read : Edit;
    return (
      <Part
        value={value ?? undefined}
        onChange={next => onChange?.(next)}
        field={info}
        node={info.node}
        services={services}
        title={nodeTitle(name, info.node, language)}
        element={{id, ...(described ? {'aria-describedby': described} : {}), ...(problem ? {'aria-invalid': true} : {}), ...(view.required ? {'aria-required': true} : {})}}
        selectElement={{id, ...(described ? {'aria-describedby': described} : {})}}
        labelId={`${id}-label`}
        status={problem ? 'error' : ''}
        onBlur={() => model.leave(name)}
      />
    );
  };
}

/** Read-only text; a dash where nothing was filled in. */
export function ReadText({text}: {readonly text: string}) {
  const t = useUiText();
  return <span className={text === '' ? 'banli-read banli-read-empty' : 'banli-read'}>{text === '' ? t('form.empty') : text}</span>;
}
