import type {MatterMatch} from '../search-matters.js';
import type {CertaintyPoints} from './dispatch-rules.js';

/** How sure a candidate is: `sure` stands alone at the top by its name, `likely` shares several telling words, or one that counts by more than its letters, `weak` is a guess by a word or two. */
export type Certainty = 'sure' | 'likely' | 'weak';

/** A matter that a text may be about, with the share of points it has for itself. */
export interface MatterCandidate extends MatterMatch {
  readonly certainty: Certainty;
  /** 0 to 1: its points, less the more the next one is close. */
  readonly confidence: number;
}

/**
 * The matters that a text is most likely about. The same text and version give the same answer. Confidence is an own measure: points of 100, a third
 * less when the next candidate has as many.
 *
 * @param matches - Best first; one more than `most`, so that the last one is compared, too.
 * @param points - From how many points on a matter is likely, or sure: the catalog of dispatch rules says so.
 */
export function candidatesOf(matches: readonly MatterMatch[], most: number, points: CertaintyPoints): readonly MatterCandidate[] {
  return matches.slice(0, most).map((match, index) => {
    const next = matches[index + 1]?.points ?? 0;
    const before = matches[index - 1]?.points ?? 0;
    const lead = Math.min(1, (match.points - next) / 20);
    const confidence = Math.round((match.points / 100) * (2 / 3 + lead / 3) * 100) / 100;
    const ahead = index === 0 && match.points > next && before === 0;
    const certainty: Certainty = reaches(match, points.sure) && ahead ? 'sure' : reaches(match, points.likely) ? 'likely' : 'weak';
    return {...match, confidence, certainty};
  });
}

function reaches({points}: MatterMatch, least: number | null): boolean {
  return least !== null && points >= least;
}
