/** What a year's arrangement comes to, amendments applied; the days of a notice that fall in the year before count with the notice. */
export interface NoticeCount {
  readonly year: number;
  readonly number: string;
  /** Days the notice names as off, weekends in its spans with them. */
  readonly off: number;
  /** Saturdays and Sundays worked. */
  readonly worked: number;
  /** Days off that are Mondays to Fridays. */
  readonly weekdaysOff: number;
}

/**
 * Counted by hand from the notices. `off` and `worked` from 2008 on agree with an independent public count; 2008 holds two days off
 * and one worked in December 2007, which that count leaves out; 2007 was worked on two more days in December 2006.
 */
export const noticeCounts: readonly NoticeCount[] = [
  {year: 2007, number: '国办发明电〔2006〕49号', off: 24, worked: 6, weekdaysOff: 18},
  {year: 2008, number: '国办发明电〔2007〕52号', off: 29, worked: 6, weekdaysOff: 17},
  {year: 2009, number: '国办发明电〔2008〕42号', off: 27, worked: 6, weekdaysOff: 17},
  {year: 2010, number: '国办发明电〔2009〕27号', off: 29, worked: 8, weekdaysOff: 19},
  {year: 2011, number: '国办发明电〔2010〕40号', off: 29, worked: 5, weekdaysOff: 16},
  {year: 2012, number: '国办发明电〔2011〕45号', off: 27, worked: 7, weekdaysOff: 18},
  {year: 2013, number: '国办发明电〔2012〕33号', off: 29, worked: 12, weekdaysOff: 23},
  {year: 2014, number: '国办发明电〔2013〕28号', off: 22, worked: 5, weekdaysOff: 16},
  {year: 2015, number: '国办发明电〔2014〕28号', off: 26, worked: 5, weekdaysOff: 17},
  {year: 2016, number: '国办发明电〔2015〕18号', off: 24, worked: 6, weekdaysOff: 17},
  {year: 2017, number: '国办发明电〔2016〕17号', off: 24, worked: 5, weekdaysOff: 16},
  {year: 2018, number: '国办发明电〔2017〕12号', off: 23, worked: 6, weekdaysOff: 17},
  {year: 2019, number: '国办发明电〔2018〕15号', off: 24, worked: 7, weekdaysOff: 18},
  {year: 2020, number: '国办发明电〔2019〕16号', off: 30, worked: 6, weekdaysOff: 19},
  {year: 2021, number: '国办发明电〔2020〕27号', off: 31, worked: 7, weekdaysOff: 18},
  {year: 2022, number: '国办发明电〔2021〕11号', off: 31, worked: 7, weekdaysOff: 18},
  {year: 2023, number: '国办发明电〔2022〕16号', off: 27, worked: 7, weekdaysOff: 18},
  {year: 2024, number: '国办发明电〔2023〕7号', off: 28, worked: 8, weekdaysOff: 19},
  {year: 2025, number: '国办发明电〔2024〕12号', off: 28, worked: 5, weekdaysOff: 18},
  {year: 2026, number: '国办发明电〔2025〕7号', off: 33, worked: 6, weekdaysOff: 19},
];

/** Days off that the measures on holidays give to everybody: 国务院令第270号, 第513号 (from 2008), 第795号 (from 2025). */
export function statutoryDays(year: number): number {
  if (year < 2008) return 10;
  return year < 2025 ? 11 : 13;
}
