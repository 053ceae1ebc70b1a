const format = new Intl.DateTimeFormat('zh-CN', {timeZone: 'Asia/Shanghai', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', hour12: false});

/** A moment as 02/26 19:30, Beijing time. */
export function formatMoment(moment: number): string {
  return format.format(new Date(moment));
}

/** A local moment in Beijing as UTC milliseconds: `at('2026-02-12', '11:00')`. */
export function at(date: string, time: string): number {
  return Date.parse(`${date}T${time}:00+08:00`);
}

/** Where a figure comes from, as the workbench says it: `own: 样例` is 自定（无文件依据）：样例. */
export function sourceWords(source: string): string {
  return source.replace(/^own:\s*/, '自定（无文件依据）：');
}
