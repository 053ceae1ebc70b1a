import {DatePicker} from 'antd';
import dayjs, {type Dayjs} from 'dayjs';
import {useState} from 'react';
import {useUiText} from '../i18n/hooks.js';
import {dayFormats, useTypedDay} from './typed-day.js';
import './form.css';

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
  const t = useUiText();
  const [misread, setMisread] = useState<string | null>(null);
  const {around, isTaken} = useTypedDay(dayFormats, setMisread);
  const day = value === '' ? null : dayjs(value, 'YYYY-MM-DD');
  const described = [describedBy, misread === null ? null : `${id}-misread`].filter(Boolean).join(' ');
  return (
    <div className="banli-date" {...around}>
      <DatePicker
        id={id} className="banli-date-field" format={dayFormats} allowClear={!isRequired} status={isInvalid || misread !== null ? 'error' : ''} value={day?.isValid() ? day : null}
        aria-required={isRequired} aria-invalid={isInvalid || misread !== null} aria-label={label} {...(described === '' ? {} : {'aria-describedby': described})}
        {...(min === undefined ? {} : {minDate: dayjs(min, 'YYYY-MM-DD')})}
        preserveInvalidOnBlur
        onChange={(picked: Dayjs | null) => isTaken() && onChange(picked ? picked.format('YYYY-MM-DD') : '')}
      />
      {misread === null ? null : (
        <div id={`${id}-misread`} className="banli-field-problem" role="alert">
          {t('form.notDay', {text: misread, format: '2026-02-26'})}
        </div>
      )}
    </div>
  );
}
