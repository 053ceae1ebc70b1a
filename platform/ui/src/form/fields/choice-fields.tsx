import {StarFilled, StarOutlined} from '@ant-design/icons';
import {Checkbox, Radio, Rate, Select} from 'antd';
import {useJoints, useLanguage, useUiText} from '../../i18n/hooks.js';
import {ReadText, type ControlProps} from '../control.js';

type Option = {readonly label: string; readonly value: string | number};

/** The fixed choices of a field in the person's language; of a list's items where the field is a list. */
function useOptions({node}: ControlProps): Option[] {
  const language = useLanguage();
  return (node.enum ?? node.items?.enum ?? []).map(({label, labelEn, value}) => ({value, label: language === 'en' ? (labelEn ?? label) : label}));
}

/** One of many, or several for a list; typing narrows. */
export function SelectEdit(props: ControlProps) {
  const t = useUiText();
  const options = useOptions(props);
  const isMultiple = props.node.type === 'array' || props.node['x-component-props']?.['mode'] === 'multiple';
  const isFree = props.node['x-component-props']?.['mode'] === 'tags' || (isMultiple && options.length === 0);
  return (
    <Select
      {...props.selectElement}
      {...(isMultiple || isFree ? {mode: isFree ? ('tags' as const) : ('multiple' as const)} : {})}
      value={props.value ?? (isMultiple || isFree ? [] : undefined)}
      options={options}
      status={props.status}
      onBlur={props.onBlur}
      onChange={next => props.onChange(next ?? undefined)}
      placeholder={t('form.choose')}
      optionFilterProp="label"
      showSearch
      allowClear
    />
  );
}

/** One of few, all visible. */
export function RadioEdit(props: ControlProps) {
  return <Radio.Group id={props.element.id} aria-labelledby={props.labelId} value={props.value} options={useOptions(props)} onChange={event => props.onChange(event.target.value)} />;
}

/** Yes or no, its title beside the box; with fixed choices, several of them. */
export function CheckboxEdit(props: ControlProps) {
  const options = useOptions(props);
  if (options.length > 0) {
    return <Checkbox.Group aria-labelledby={props.labelId} value={Array.isArray(props.value) ? (props.value as Array<string | number>) : []} options={options} onChange={next => props.onChange(next)} />;
  }
  return (
    <Checkbox {...props.element} checked={props.value === true} onChange={event => props.onChange(event.target.checked)}>
      {props.title}
    </Checkbox>
  );
}

/** A score in stars, with the word for it where the field has words; a click on the same star takes it back. */
export function RatingEdit(props: ControlProps) {
  const t = useUiText();
  const {value, onChange, node, element, labelId} = props;
  const score = typeof value === 'number' ? value : 0;
  const words = useOptions(props).map(option => option.label);
  return (
    <span className="banli-rating">
      <Rate id={element.id} aria-labelledby={labelId} count={node.maximum ?? 5} tooltips={words} character={star} value={score} onChange={next => onChange(next === 0 ? undefined : next)} />
      <span className="banli-rating-word" aria-live="polite">{score === 0 ? t('form.noScore') : (words[score - 1] ?? '')}</span>
    </span>
  );
}

/** A star that is given is full, one that is not is only drawn round. */
function star({index = 0, value = 0}: {readonly index?: number; readonly value?: number}) {
  return index < value ? <StarFilled /> : <StarOutlined />;
}

/** The chosen label, or labels. */
export function ChoiceRead(props: ControlProps) {
  const options = useOptions(props);
  const joints = useJoints();
  const label = (value: unknown) => options.find(option => option.value === value)?.label ?? String(value);
  const {value} = props;
  return <ReadText text={value === undefined ? '' : Array.isArray(value) ? joints.list(value.map(label)) : label(value)} />;
}

/** 是 or 否; nothing when never answered. */
export function CheckboxRead(props: ControlProps) {
  const t = useUiText();
  if (Array.isArray(props.value)) return <ChoiceRead {...props} />;
  return <ReadText text={props.value === true ? t('form.yes') : props.value === false ? t('form.no') : ''} />;
}

/** A score in words. */
export function RatingRead(props: ControlProps) {
  const t = useUiText();
  const options = useOptions(props);
  const {value} = props;
  if (typeof value !== 'number') return <ReadText text="" />;
  const label = options.find(option => option.value === value)?.label;
  const score = t('form.score', {score: value});
  return <ReadText text={label === undefined ? score : t('form.scored', {label, score})} />;
}
