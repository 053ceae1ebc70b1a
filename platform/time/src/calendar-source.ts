/** Whether an authority has published a fact, or we expect it and mark it. */
export type CalendarStatus = 'published' | 'provisional';

/** One day that differs from the weekly rhythm. */
export interface SpecialDay {
  /** `YYYY-MM-DD`. */
  readonly date: string;
  /** `off`: nobody works; `work`: a make-up day (调休上班). */
  readonly kind: 'off' | 'work';
  readonly titleZh: string;
  readonly titleEn: string;
  readonly status: CalendarStatus;
  readonly sourceRef: string;
}

/** A year the calendar knows; a year that is not listed is not published. */
export interface CalendarYear {
  readonly year: number;
  readonly status: CalendarStatus;
  readonly sourceRef: string;
}

/** One session of office hours, from a day of every year on until the next season begins. Local time, `HH:MM`. */
export interface OfficeSession {
  readonly season: string;
  /** `MM-DD`: the first day of the season. */
  readonly from: string;
  readonly open: string;
  readonly close: string;
}

/**
 * One layer of a working calendar: the national one lists years, special days and usual hours; a region adds days and replaces
 * the hours. Later layers win for the same day.
 */
export interface CalendarLayer {
  readonly id: string;
  readonly titleZh: string;
  readonly titleEn: string;
  readonly years: readonly CalendarYear[];
  readonly days: readonly SpecialDay[];
  /** Empty: the hours of the layer below hold. */
  readonly sessions: readonly OfficeSession[];
}

/** What a calendar knows about one day. */
export interface DayFact {
  /** `YYYY-MM-DD`. */
  readonly date: string;
  /** 1 = Monday … 7 = Sunday. */
  readonly weekday: number;
  readonly working: boolean;
  /** `plain` working day, `weekend`, `holiday`, or `makeup` working day. */
  readonly kind: 'plain' | 'weekend' | 'holiday' | 'makeup';
  readonly titleZh: string;
  readonly titleEn: string;
  /** The day, or its whole year, is expected and not yet published by an authority. */
  readonly provisional: boolean;
  /** Where the fact comes from; empty for the weekly rhythm. */
  readonly sourceRef: string;
}
