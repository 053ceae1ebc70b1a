import {dayMs, hourMs} from '@banli/time';

/** Hours of the day, in Asia/Shanghai, in which nobody is woken: from `from` o'clock to `to` o'clock of the next morning. */
export interface QuietHours {
  readonly from: number;
  readonly to: number;
}

const shanghaiMs = 8 * hourMs;

/**
 * When a message may go: at once, or at the end of the quiet hours. One that would be of no use by then is not held back.
 *
 * @param uselessAt - The moment after which it says nothing new, as the due time that it warns of; `null` when it can always wait.
 */
export function afterQuietHours(quiet: QuietHours | null, at: number, uselessAt: number | null): number {
  if (quiet === null) return at;
  const midnight = Math.floor((at + shanghaiMs) / dayMs) * dayMs - shanghaiMs;
  const hour = (at - midnight) / hourMs;
  const isQuiet = quiet.from > quiet.to ? hour >= quiet.from || hour < quiet.to : hour >= quiet.from && hour < quiet.to;
  if (!isQuiet) return at;
  const morning = midnight + quiet.to * hourMs + (hour >= quiet.to ? dayMs : 0);
  return uselessAt !== null && uselessAt <= morning ? at : morning;
}
