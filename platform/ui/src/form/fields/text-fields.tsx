import {Input, InputNumber} from 'antd';
import {useLanguage, useUiText} from '../../i18n/hooks.js';
import {formatNumber} from '../../words/numbers.js';
import {ReadText, type ControlProps} from '../control.js';
import {useFormSurroundings} from '../form-context.js';

const asText = (value: unknown): string => (typeof value === 'string' || typeof value === 'number' ? String(value) : '');

/** One line of text. The longest length is the form's, an over-long text is refused with words instead of cut off. */
export function TextEdit({value, onChange, node, element, status, onBlur}: ControlProps) {
  return <Input {...element} {...placeholder(node)} value={asText(value)} status={status} onBlur={onBlur} onChange={event => onChange(event.target.value === '' ? undefined : event.target.value)} autoComplete="off" />;
}

/** Several lines, growing with the text; counts towards the limit once it is near. */
export function TextAreaEdit({value, onChange, node, element, status, onBlur}: ControlProps) {
  const t = useUiText();
  const text = asText(value);
  const limit = node.maxLength;
  const isNear = limit !== undefined && text.length > limit * 0.8;
  const rows = node['x-component-props']?.['rows'];
  const minRows = typeof rows === 'number' ? Math.min(rows, 3) : 3;
  return (
    <>
      <Input.TextArea {...element} {...placeholder(node)} value={text} status={status} onBlur={onBlur} autoSize={{minRows, maxRows: 14}} onChange={event => onChange(event.target.value === '' ? undefined : event.target.value)} />
      {isNear ? <div className="banli-field-help">{t('form.characters', {length: text.length, limit})}</div> : null}
    </>
  );
}

/** A number with its unit in the field. What is out of range is refused with words instead of changed in silence. */
export function NumberEdit({value, onChange, node, field, element, status, onBlur}: ControlProps) {
  return (
    <InputNumber
      {...element}
      value={typeof value === 'number' ? value : null}
      status={status}
      onBlur={onBlur}
      {...(node.type === 'integer' ? {precision: 0} : {})}
      {...(field.binding.unit === undefined ? {} : {addonAfter: field.binding.unit})}
      onChange={next => onChange(next ?? undefined)}
    />
  );
}

/** Text as text; in English where another field holds it so. */
export function TextRead({value, field}: ControlProps) {
  const {model} = useFormSurroundings();
  const language = useLanguage();
  const english = language === 'en' && field.binding.english !== undefined ? asText(model.values()[field.binding.english]) : '';
  return <ReadText text={english || asText(value)} />;
}

/** A number with thin grouping and its unit. */
export function NumberRead({value, field}: ControlProps) {
  return <ReadText text={typeof value === 'number' ? `${formatNumber(value)}${field.binding.unit ? ` ${field.binding.unit}` : ''}` : asText(value)} />;
}

function placeholder(node: ControlProps['node']): {placeholder?: string} {
  const text = node['x-component-props']?.['placeholder'];
  return typeof text === 'string' ? {placeholder: text} : {};
}
