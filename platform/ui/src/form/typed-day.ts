import dayjs from 'dayjs';
import customParseFormat from 'dayjs/plugin/customParseFormat.js';
import {useRef, type FocusEvent, type FormEvent, type KeyboardEvent, type MouseEvent} from 'react';

dayjs.extend(customParseFormat);

/** What a day looks like, and how else it may be typed. */
export const dayFormats = ['YYYY-MM-DD', 'YYYY/M/D', 'YYYY.M.D', 'YYYYMMDD', 'YYYY年M月D日', 'YYYY-M-D'];
/** The same for a moment, to the minute. */
export const momentFormats = ['YYYY-MM-DD HH:mm', 'YYYY/M/D H:mm', 'YYYY-M-D H:mm'];

/** Says whether a text is a day of the calendar in one of the formats; nothing typed is no mistake. */
export function isTypedDay(text: string, formats: readonly string[]): boolean {
  return text.trim() === '' || formats.some(format => dayjs(text.trim(), format, true).isValid());
}

/**
 * Watches what is typed into antd's date picker, which takes the last good day of a text that went on and says nothing of a bad one.
 *
 * @param onMisread - A text that is no day was left or confirmed; `null` once it is gone.
 * @returns Handlers for an element around the picker, and whether the picker's change is to be taken: not while a bad text stands in the field.
 */
export function useTypedDay(formats: readonly string[], onMisread: (text: string | null) => void) {
  const typed = useRef<string | null>(null);
  const told = useRef(false);
  const tell = (text: string | null) => {
    if (text === null && !told.current) return;
    told.current = text !== null;
    onMisread(text);
  };
  const isBad = () => typed.current !== null && !isTypedDay(typed.current, formats);
  const takeBack = () => {
    typed.current = null;
    tell(null);
  };
  const judge = () => {
    if (isBad()) tell(typed.current);
  };
  return {
    isTaken: () => !isBad(),
    around: {
      onInput: (event: FormEvent) => {
        if (!(event.target instanceof HTMLInputElement)) return;
        typed.current = event.target.value;
        if (!isBad()) tell(null);
      },
      // The calendar lies elsewhere on the page; what is clicked there replaces the text.
      onMouseDown: (event: MouseEvent) => {
        if (event.target instanceof Node && !event.currentTarget.contains(event.target)) takeBack();
      },
      onClick: (event: MouseEvent) => {
        if (event.target instanceof Element && event.target.closest('.ant-picker-clear')) takeBack();
      },
      onKeyDown: (event: KeyboardEvent) => {
        if (event.key === 'Enter') judge();
      },
      onBlur: (event: FocusEvent) => {
        if (event.target instanceof HTMLInputElement) judge();
      },
    },
  };
}
