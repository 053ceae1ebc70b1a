import type {LocalizedText} from '@banli/formats';
import {titleOf} from '../choices.js';
import {activeRows, memoPerVersion, type PublishedRow, type PublishedVersion} from '../version.js';

/** Why a matter is not, or hardly, what the caller's grievance is called: `block` is refused, `warn` is confirmed with a reason. */
export interface NatureConflict {
  readonly verdict: 'block' | 'warn';
  /** The row of the conflicts, and the version of `matter-natures` that it stands in. */
  readonly row: string;
  readonly version: string;
  readonly reason: LocalizedText;
  /** What the matter is filed as, and the natures that fit it. */
  readonly filedAs: LocalizedText;
  readonly fitting: ReadonlyArray<{readonly key: string; readonly title: LocalizedText}>;
  readonly source: string;
}

/** The matter and the nature that are chosen. */
export interface NatureQuery {
  readonly matter: string;
  readonly nature: string;
  readonly at: number;
  readonly areaCode?: string | undefined;
}

const lookUps = memoPerVersion(version => {
  const categories = new Map(activeRows(version, 'categories').map(row => [row.key, row]));
  const conflicts = new Map(activeRows(version, 'conflicts').map(row => [`${row.values['categoryCode'] ?? ''}|${row.values['natureCode'] ?? ''}`, row]));
  const filed = new Map<string, PublishedRow[]>();
  for (const {values} of activeRows(version, 'matter-natures')) {
    const category = categories.get(values['categoryCode'] ?? '');
    if (category) filed.set(values['matterCode'] ?? '', [...(filed.get(values['matterCode'] ?? '') ?? []), category]);
  }
  return {conflicts, filed};
});

/**
 * The conflict between a matter and a nature: every category that the matter is filed in has to speak against it, and the mildest of them counts. `null` for a matter that is filed nowhere.
 *
 * @see Source: requirements/xinjiang-hotline.md §2.1.8, test A8 (a question filed as a complaint is blocked with a message). That what holds for filing a matter holds for calling an order so is our own reading.
 */
export function natureConflictIn(version: PublishedVersion, natures: PublishedVersion | null, {matter, nature}: NatureQuery): NatureConflict | null {
  const {conflicts, filed} = lookUps(version);
  const found = (filed.get(matter) ?? []).map(category => ({category, row: category.values['natureCode'] === nature ? undefined : conflicts.get(`${category.key}|${nature}`)}));
  const mildest = found.find(({row}) => row?.values['verdict'] !== 'block') ?? found[0];
  if (!mildest?.row || found.some(({row}) => row === undefined)) return null;
  const {row, category} = mildest;
  const {messageZh = '', messageEn = messageZh, sourceRef = ''} = row.values;
  return {
    verdict: row.values['verdict'] === 'block' ? 'block' : 'warn', row: row.key, version: version.head.version, reason: {'zh-CN': messageZh, en: messageEn},
    filedAs: titleOf(category), fitting: [...new Set(found.map(each => each.category.values['natureCode'] ?? ''))].map(key => titled(natures, key)), source: sourceRef,
  };
}

function titled(natures: PublishedVersion | null, key: string): {readonly key: string; readonly title: LocalizedText} {
  const row = natures?.tables.get('natures')?.byKey.get(key);
  return {key, title: row ? titleOf(row) : {'zh-CN': key}};
}
