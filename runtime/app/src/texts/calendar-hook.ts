import {createTextHook} from '@banli/ui';
import type {CalendarKey} from './calendar-zh-cn.js';

/** Texts of the year of a calendar. */
export const useCalendarText = createTextHook<CalendarKey>('calendar');
