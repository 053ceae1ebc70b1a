import type {CoverageChange} from '../dispatch/coverage-change.js';
import type {LifeDeps} from '../life/model.js';
import type {PublishedVersion} from '../version.js';

/**
 * State of an issue: `issued` 待核验, `completing` 待完善, `confirmed` 已生效, `takenBack` 已收回, `declined` 已退回.
 * @see Source: requirements/xinjiang-hotline.md §2.1.4, 2.1.5 (核验-完善-确认); taking back and declining are ours.
 */
export type IssueState = 'issued' | 'completing' | 'confirmed' | 'takenBack' | 'declined';

/** States in which an issue waits for the unit below. */
export const openIssueStates: readonly IssueState[] = ['issued', 'completing'];

/** A catalog issued from a unit to one directly below it. Moments in UTC milliseconds. */
export interface Issue {
  readonly id: string;
  readonly catalogId: string;
  readonly fromUnitId: string;
  readonly toUnitId: string;
  /** The area of the unit below: its jurisdiction. */
  readonly areaCode: string;
  readonly state: IssueState;
  readonly openSlot: string | null;
  /** What was issued: a published version, or the layer that the sending unit has on it. */
  readonly baseVersionId: string;
  readonly baseLayerId: string | null;
  readonly baseName: string;
  /** The areas by which the jurisdiction was found; `null` for catalogs without areas. */
  readonly areasVersionId: string | null;
  readonly note: string | null;
  /** Grows with every command; a command names the one it saw. */
  readonly lockVersion: number;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly issuedBy: string;
  readonly issuedByName: string;
  /** Rows that the check of jurisdiction filtered; `null` before it. */
  readonly outsideCount: number | null;
  /** Who last changed, while it is completed, what the unit makes of it; `null` when nobody did. */
  readonly writtenBy: string | null;
  readonly writtenByName: string | null;
  /** The layer it became, and when that holds. */
  readonly layerId: string | null;
  readonly effectiveAt: number | null;
}

/** Cells of a row; `null` is empty. */
export type LayerCells = Readonly<Record<string, string | null>>;

/** A row that a unit overrides (`patch`) or added (`local`): the cells above that it knew, and its own. */
export interface LayerRow {
  readonly tableName: string;
  readonly rowKey: string;
  readonly kind: 'patch' | 'local';
  readonly baseValues: LayerCells;
  readonly ownValues: LayerCells;
}

/** `confirmed` by the unit, `restored` by going back, `ended` when the level above took it back: from then on the unit has what holds above. */
export type LayerKind = 'confirmed' | 'restored' | 'ended';

/** What a unit makes of a catalog from a day on, without its rows; immutable. Of those that hold at a moment the highest number counts. */
export interface LayerHead {
  readonly id: string;
  readonly catalogId: string;
  readonly unitId: string;
  readonly areaCode: string;
  readonly number: number;
  /** As versions are named: `2026.3.0+650100.2`. */
  readonly name: string;
  readonly kind: LayerKind;
  readonly baseVersionId: string;
  readonly baseLayerId: string | null;
  readonly baseName: string;
  readonly areasVersionId: string | null;
  readonly issueId: string | null;
  /** Number of the layer that was brought back. */
  readonly restoredFrom: number | null;
  readonly effectiveAt: number;
  readonly madeAt: number;
  readonly madeBy: string;
  readonly madeByName: string;
  readonly reason: string | null;
}

/** One thing that happened to an issue; `undone`: its layer was gone back from, `fellBack`: it ended because a layer above was. */
export interface IssueLine {
  readonly at: number;
  readonly kind: 'issued' | 'verified' | 'declined' | 'confirmed' | 'takenBack' | 'undone' | 'fellBack';
  readonly personId: string;
  readonly personName: string;
  readonly unitId: string;
  readonly reason: string | null;
}

/** Why an override of an earlier version was not taken over: the column or row is `locked` now, the row is `retired` or `gone` above, lies `outside` by now, or says the `same` above. */
export type GoneReason = 'locked' | 'retired' | 'gone' | 'outside' | 'same';

/** An override, or a row of one's own, that fell away when a newer version was verified. No columns: the whole row. */
export interface GoneOverride {
  readonly tableName: string;
  readonly rowKey: string;
  readonly columns: readonly string[];
  readonly reason: GoneReason;
  readonly ownValues: LayerCells;
}

/** A unit as issuing knows it. `path` lists the ids from the root to the unit itself. */
export interface IssueUnit {
  readonly id: string;
  readonly name: string;
  readonly level: number;
  readonly areaCode: string;
  readonly parentId: string | null;
  readonly path: readonly string[];
  readonly active: boolean;
}

/** What issuing asks of people. */
export interface IssueUnits {
  unit(unitId: string): IssueUnit | null;
  /** Active units, upper levels first. */
  units(): readonly IssueUnit[];
}

/** What issuing stands on. */
export interface IssueDeps extends LifeDeps {
  readonly units: IssueUnits;
  /** Whether overrides need a second person to confirm them. Default `true`; off where a unit has one administrator. */
  readonly fourEyes?: boolean;
  /** What rules of a layer that would be confirmed do to the coverage of dispatch in its area; `null` for other catalogs. Without it nothing is asked. */
  readonly layerCoverage?: (at: number, layer: {readonly areaCode: string; readonly rules: PublishedVersion}) => Promise<CoverageChange | null>;
}
