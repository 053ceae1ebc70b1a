import type {Language} from '../i18n/texts.js';

const shanghaiOffsetMs = 8 * 3_600_000;

/** `2025-11-22 14:05` in Asia/Shanghai, whatever zone the browser is in. */
export function formatFull(moment: number): string {
  return new Date(moment + shanghaiOffsetMs).toISOString().slice(0, 16).replace('T', ' ');
}

/** `14:05` in Asia/Shanghai. */
export function formatTime(moment: number): string {
  return formatFull(moment).slice(11);
}

/**
 * A moment as lists show it: `今天 14:05`, in the same year `11-22 14:05`, else `2025-11-22 14:05`.
 *
 * @param now - What today is measured by.
 */
export function formatMoment(moment: number, now: number, language: Language): string {
  const full = formatFull(moment);
  const today = formatFull(now);
  if (full.slice(0, 10) === today.slice(0, 10)) return `${language === 'en' ? 'Today' : '今天'} ${full.slice(11)}`;
  return full.slice(0, 4) === today.slice(0, 4) ? full.slice(5) : full;
}

/** Hours a natural length takes, in two parts at most: `1 天 4 小时`, `35 分钟`; below a minute `不到 1 分钟`. Negative lengths count as zero. */
export function formatLength(ms: number, language: Language): string {
  const zh = language === 'zh-CN';
  const minutes = Math.max(0, Math.floor(ms / 60_000));
  const parts: ReadonlyArray<readonly [number, string]> = [
    [Math.floor(minutes / 1440), zh ? '天' : 'd'],
    [Math.floor((minutes % 1440) / 60), zh ? '小时' : 'h'],
    [minutes % 60, zh ? '分钟' : 'min'],
  ];
  const words = parts.filter(([value]) => value > 0).slice(0, 2).map(([value, unit]) => `${value} ${unit}`);
  return words.join(' ') || (zh ? '不到 1 分钟' : 'under 1 min');
}
