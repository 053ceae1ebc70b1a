import {DatePicker, Input} from 'antd';
import dayjs, {type Dayjs} from 'dayjs';
import {useState, type FocusEvent} from 'react';
import {dayFormats} from './typed-day.js';
import './form.css';

/** What the field of a day takes: days are texts `2026-02-26`, an empty text is "not stated", any other text is what was typed and is no day. `min` is the first day that may be chosen. */
export interface DateFieldProps {
  readonly id: string;
  readonly value: string;
  readonly onChange: (day: string) => void;
  readonly min?: string;
  readonly isRequired?: boolean;
  readonly isInvalid?: boolean;
  /** Id of the text that says what is wrong. */
  readonly describedBy?: string | undefined;
  /** Its name where no label stands beside it. */
  readonly label?: string;
}

/** Reads a day in one of the ways it may be typed: `2026-02-26`, or `null`. */
function readDay(text: string): string | null {
  for (const format of dayFormats) {
    const day = dayjs(text, format, true);
    if (day.isValid()) return day.format('YYYY-MM-DD');
  }
  return null;
}

/** The house's field of a day: typed or picked, by mouse or keys (arrows, Enter, Esc), in the language of the page. What is typed and is no day stays and is told to whoever asked. */
export function DateField(props: DateFieldProps) {
  const {id, value, onChange, min, isRequired = false, isInvalid = false, describedBy, label} = props;
  const day = value === '' ? null : readDay(value);
  if (value !== '' && day === null) return <NoDay {...props} />;
  const leave = ({target, relatedTarget}: FocusEvent) => {
    if (!(target instanceof HTMLInputElement) || (relatedTarget instanceof Element && relatedTarget.closest('.ant-picker-dropdown'))) return;
    const text = target.value.trim();
    const typed = readDay(text);
    // The picker itself takes a day that may be chosen; of anything else it would show the day before.
    if (typed === null ? text !== value : min !== undefined && typed < min) onChange(typed ?? text);
  };
  return (
    <DatePicker
      id={id} className="banli-date-field" format={dayFormats} preserveInvalidOnBlur allowClear={!isRequired} status={isInvalid ? 'error' : ''} value={day === null ? null : dayjs(day, 'YYYY-MM-DD')}
      aria-required={isRequired} aria-invalid={isInvalid} aria-describedby={describedBy} aria-label={label}
      {...(min === undefined ? {} : {minDate: dayjs(min, 'YYYY-MM-DD')})}
      onBlur={leave} onChange={(picked: Dayjs | null) => onChange(picked ? picked.format('YYYY-MM-DD') : '')}
    />
  );
}

/** What was typed where a day belongs, until it is one. */
function NoDay({id, value, onChange, isRequired = false, describedBy, label}: DateFieldProps) {
  const [text, setText] = useState(value);
  const leave = () => onChange(readDay(text.trim()) ?? text.trim());
  return (
    <Input
      id={id} className="banli-date-field" status="error" allowClear autoComplete="off" value={text} aria-required={isRequired} aria-invalid aria-describedby={describedBy} aria-label={label}
      onChange={event => (event.target.value === '' ? onChange('') : setText(event.target.value))} onBlur={leave} onPressEnter={leave}
    />
  );
}
