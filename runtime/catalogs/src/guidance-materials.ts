import type {LocalizedText} from '@banli/formats';
import {titleOf} from './choices.js';
import type {GuidanceOrigin} from './guidance.js';
import {activeRows, memoPerVersion, type PublishedRow, type PublishedVersion} from './version.js';

/** When an item asks for a material. */
export const materialNeeds = ['always', 'ifAvailable', 'scenario'] as const;
/** How a material comes: made of the form, fetched by the government, or brought by the applicant. */
export const materialSubmissions = ['generated', 'shared', 'self'] as const;
/** Steps in which review points are looked at, in the order of a case. @see Source: requirements/xinjiang-services.md §2.2.5 */
export const reviewSteps = ['conditions', 'form', 'online', 'acceptance', 'approval', 'completion'] as const;

/** What spares a person a material. */
export type Spared = 'sharing' | 'verification' | 'commitment';

/** What is looked at in a material. */
export interface ReviewPoint {
  readonly row: string;
  readonly title: LocalizedText;
  readonly step: (typeof reviewSteps)[number];
  readonly standard: string;
  readonly mode: 'automatic' | 'manual';
  readonly source: string;
}

/** A material that an item asks for; origin and source are those of the material. */
export interface MaterialGuidance extends GuidanceOrigin {
  readonly title: LocalizedText;
  readonly need: (typeof materialNeeds)[number];
  readonly submission: (typeof materialSubmissions)[number];
  /** When it is asked for, in words: as the item says, or else as the material does. */
  readonly scenario: string | null;
  readonly issuer: string | null;
  readonly licenceType: string | null;
  readonly spared: readonly Spared[];
  readonly points: readonly ReviewPoint[];
}

/**
 * What an item of the list asks for, what it always wants first. A material that is no longer in use, or in no published list, is told all the same: the item asks for it.
 *
 * @param materials - The list of materials; `null` where none is published.
 * @see Source: requirements/xinjiang-services.md §2.2.4, §2.2.5
 */
export function materialsOf(items: PublishedVersion, itemCode: string, materials: PublishedVersion | null): readonly MaterialGuidance[] {
  const uses = usesByItem(items).get(itemCode) ?? [];
  return [...uses].sort((one, other) => needOf(one) - needOf(other)).map(use => materialOf(items, use, materials));
}

function materialOf(items: PublishedVersion, use: PublishedRow, materials: PublishedVersion | null): MaterialGuidance {
  const code = use.values['materialCode'] ?? '';
  const row = materials?.tables.get('materials')?.byKey.get(code) ?? {key: code, values: {}};
  const {values} = row;
  const origin = materials === null ? items : materials;
  return {
    catalogId: origin.head.catalogId, row: code, version: origin.head.version, source: values['sourceRef'] ?? use.values['sourceRef'] ?? '',
    title: titleOf(row),
    need: materialNeeds[needOf(use)] ?? 'always',
    submission: materialSubmissions.find(each => each === values['submission']) ?? 'self',
    scenario: use.values['scenarioZh'] || values['scenarioZh'] || null,
    issuer: values['issuerZh'] || null,
    licenceType: values['licenceTypeZh'] || null,
    spared: sparedBy(row),
    points: materials === null ? [] : (pointsByMaterial(materials).get(code) ?? []),
  };
}

function needOf({values}: PublishedRow): number {
  return Math.max(0, materialNeeds.findIndex(each => each === values['need']));
}

function sparedBy({values}: PublishedRow): readonly Spared[] {
  return [...(values['bySharing'] === 'yes' ? ['sharing' as const] : []), ...(values['byVerification'] === 'yes' ? ['verification' as const] : []), ...(values['byCommitment'] === 'yes' ? ['commitment' as const] : [])];
}

const usesByItem = memoPerVersion(version => grouped(activeRows(version, 'materials'), ({values}) => values['itemCode'] ?? ''));

const pointsByMaterial = memoPerVersion((version): ReadonlyMap<string, readonly ReviewPoint[]> => {
  const points = activeRows(version, 'points').map(row => ({material: row.values['materialCode'] ?? '', point: pointOf(row)}));
  points.sort((one, other) => reviewSteps.indexOf(one.point.step) - reviewSteps.indexOf(other.point.step));
  return new Map([...grouped(points, each => each.material)].map(([material, of]) => [material, of.map(each => each.point)]));
});

function grouped<T>(rows: readonly T[], keyOf: (row: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) groups.set(keyOf(row), [...(groups.get(keyOf(row)) ?? []), row]);
  return groups;
}

function pointOf({key, values}: PublishedRow): ReviewPoint {
  const {pointZh = '', pointEn, standardZh = '', sourceRef = ''} = values;
  return {row: key, title: {'zh-CN': pointZh, ...(pointEn === undefined ? {} : {en: pointEn})}, step: reviewSteps.find(each => each === values['step']) ?? 'acceptance', standard: standardZh, mode: values['mode'] === 'automatic' ? 'automatic' : 'manual', source: sourceRef};
}
