import {DatePicker} from 'antd';
import dayjs, {type Dayjs} from 'dayjs';
import {useUiText} from '../../i18n/hooks.js';
import {formatFull} from '../../words/moments.js';
import {ReadText, type ControlProps} from '../control.js';
import {useFormSurroundings} from '../form-context.js';
import {dayFormats, momentFormats, useTypedDay} from '../typed-day.js';

const shanghaiOffsetMs = 8 * 3_600_000;

/** How a date field keeps its value: a moment in milliseconds, a day `2026-02-26`, or a local moment `2026-02-26 19:30`. */
function kindOf({node}: ControlProps): 'moment' | 'day' | 'local' {
  if (node.type === 'integer' || node.type === 'number') return 'moment';
  return node.format === 'date-time' || node['x-component-props']?.['showTime'] === true ? 'local' : 'day';
}

/** The value as local time of Asia/Shanghai, whatever zone the browser is in; `null` for none. */
function toLocal(props: ControlProps): string | null {
  const {value} = props;
  if (typeof value === 'number') return formatFull(value);
  if (typeof value !== 'string' || value === '') return null;
  return /(Z|[+-]\d{2}:\d{2})$/.test(value) ? formatFull(Date.parse(value)) : value.replace('T', ' ').slice(0, 16);
}

function fromLocal(props: ControlProps, picked: Dayjs): string | number {
  const kind = kindOf(props);
  if (kind === 'day') return picked.format('YYYY-MM-DD');
  const local = picked.format('YYYY-MM-DDTHH:mm:00');
  if (kind === 'moment') return Date.parse(`${local}Z`) - shanghaiOffsetMs;
  return props.node.format === 'date-time' ? `${local}+08:00` : local.slice(0, 16).replace('T', ' ');
}

/** A day, or a moment where the form says so. A text that is neither stays in the field with what is wrong, and is not sent. */
export function DateEdit(props: ControlProps) {
  const t = useUiText();
  const {model} = useFormSurroundings();
  const local = toLocal(props);
  const withTime = kindOf(props) !== 'day';
  const formats = withTime ? momentFormats : dayFormats;
  const {around, isTaken} = useTypedDay(formats, text => model.misread(props.field.name, text === null ? null : t('form.notDay', {text, format: withTime ? '2026-02-26 19:30' : '2026-02-26'})));
  return (
    <div {...around}>
      <DatePicker
        {...props.element}
        value={local === null ? null : dayjs(local)}
        status={props.status}
        format={formats}
        showTime={withTime ? {format: 'HH:mm', minuteStep: 5} : false}
        needConfirm={false}
        preserveInvalidOnBlur
        onBlur={props.onBlur}
        onChange={(picked: Dayjs | null) => isTaken() && props.onChange(picked ? fromLocal(props, picked) : undefined)}
      />
    </div>
  );
}

/** The date as text; also the component ClockText. */
export function DateRead(props: ControlProps) {
  return <ReadText text={toLocal(props) ?? ''} />;
}
