/**
 * The one list of colours, sizes and fonts. Components name these tokens (or the CSS variables made from them), never a colour.
 * Every text colour has a contrast of at least 4.5 : 1 on white and on the layout grey.
 */
export const tokens = {
  primary: '#1b5fc1',
  primaryHover: '#164f9f',
  primarySoft: '#e8f0fb',
  text: '#1f2329',
  textSecondary: '#57606e',
  textFaint: '#6a7380',
  hairline: '#e3e6eb',
  hairlineStrong: '#c9ced6',
  surface: '#ffffff',
  layout: '#f4f5f7',
  hover: '#eef1f5',
  success: '#1d7a45',
  successSoft: '#e6f4ec',
  dueNormal: '#57606e',
  dueNormalSoft: '#eef0f3',
  dueWarning: '#855700',
  dueWarningSoft: '#fdf3dc',
  dueCritical: '#b04100',
  dueCriticalSoft: '#fdeadd',
  dueOverdue: '#bd1f2d',
  dueOverdueSoft: '#fce8e9',
  duePaused: '#45607d',
  duePausedSoft: '#e7edf4',
} as const;

/** Font stack: Chinese system fonts first; digits are made tabular by `base.css`. */
export const fontFamily = '"PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Source Han Sans SC", system-ui, -apple-system, "Segoe UI", sans-serif';

/** Fixed-width font for codes and request numbers. */
export const fontFamilyCode = 'ui-monospace, "SFMono-Regular", Consolas, "Noto Sans Mono CJK SC", monospace';

/**
 * Puts every token on an element as a CSS variable: `primarySoft` becomes `--banli-primary-soft`.
 * Goes through the style object, so a content security policy without inline styles allows it.
 */
export function applyTokens(element: HTMLElement): void {
  for (const [name, value] of Object.entries(tokens)) {
    element.style.setProperty(`--banli-${name.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)}`, value);
  }
  element.style.setProperty('--banli-font', fontFamily);
  element.style.setProperty('--banli-font-code', fontFamilyCode);
}
