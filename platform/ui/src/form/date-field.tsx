import {DatePicker} from 'antd';
import dayjs, {type Dayjs} from 'dayjs';
import './form.css';

/** What a day looks like, and how else it may be typed. */
const formats = ['YYYY-MM-DD', 'YYYY/M/D', 'YYYY.M.D', 'YYYYMMDD', 'YYYY年M月D日', 'YYYY-M-D'];

/** What the field of a day takes: days are texts `2026-02-26`, an empty text is "not stated". `min` is the first day that may be chosen. */
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

/** The house's field of a day: typed or picked, by mouse or keys (arrows, Enter, Esc), in the language of the page. */
export function DateField({id, value, onChange, min, isRequired = false, isInvalid = false, describedBy, label}: DateFieldProps) {
  const day = value === '' ? null : dayjs(value, 'YYYY-MM-DD');
  return (
    <DatePicker
      id={id} className="banli-date-field" format={formats} allowClear={!isRequired} status={isInvalid ? 'error' : ''} value={day?.isValid() ? day : null}
      aria-required={isRequired} aria-invalid={isInvalid} aria-describedby={describedBy} aria-label={label}
      {...(min === undefined ? {} : {minDate: dayjs(min, 'YYYY-MM-DD')})}
      onChange={(picked: Dayjs | null) => onChange(picked ? picked.format('YYYY-MM-DD') : '')}
    />
  );
}
