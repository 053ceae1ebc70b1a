import type {LocalizedText} from '@banli/formats';
import type {MatterAdviser} from './advice.js';
import type {WorkerDefinition} from './worker.js';

/** A proposal who should handle a matter, with the reason. `leadUnit` is `null` when nobody or several are responsible. */
export interface DispatchProposal {
  readonly leadUnit: string | null;
  readonly candidates: readonly string[];
  readonly assistUnits: readonly string[];
  readonly limits: {readonly respond: LimitText | null; readonly resolve: LimitText | null};
  /** Key of the responsibility row and version of the catalog; `null` without a row. */
  readonly row: string | null;
  readonly version: string | null;
  readonly reason: LocalizedText;
  /** What of the order the row asked for; empty where matter and area decided. */
  readonly attributes: ReadonlyArray<{readonly name: string; readonly value: string}>;
  readonly confidence: 'certain' | 'choose' | 'none';
}

/** A limit in words, with where it stands. */
export interface LimitText {
  readonly text: LocalizedText;
  readonly row: string;
  readonly version: string;
  readonly source: string;
  /** The area that set it for itself, and what holds above it; `null` for nothing. Not there where it is as published. */
  readonly own?: {readonly area: LocalizedText; readonly above: LocalizedText | null};
}

/** What an order says of itself besides matter, area and urgency, as codes of the catalogs `service-objects`, `channels` and `natures`. */
export interface OrderAttributes {
  readonly serviceObject?: string;
  readonly channelCode?: string;
  readonly natureCode?: string;
}

/** Read access to published catalogs, as of a moment. */
export interface CatalogReader {
  rows(catalogId: string, at: number): Promise<ReadonlyArray<Readonly<Record<string, string>>>>;
  title(catalogId: string, key: string, at: number): Promise<string>;
  dispatch(request: {readonly matterCode: string; readonly areaCode: string; readonly urgency?: string; readonly industryCode?: string; readonly attributes?: OrderAttributes; readonly excludeUnitIds: readonly string[]; readonly at: number}): Promise<DispatchProposal>;
}

/** Units by id. */
export interface UnitReader {
  unit(unitId: string): {readonly id: string; readonly name: string; readonly titleEn?: string; readonly areaCode: string; readonly parentId: string | null} | null;
}

/** Everything a server plugin can ask for; it gets what it names in `needs` and nothing else. */
export interface ServerServices {
  readonly workers: {handle<Input>(worker: WorkerDefinition<Input>): void};
  readonly catalogs: CatalogReader;
  readonly units: UnitReader;
  /** Adds somebody who names the matters a text is about. */
  readonly advisers: {add(adviser: MatterAdviser): void};
  /** Declares the value of a form widget, so that the server checks it as the browser does. */
  readonly widgets: {declare(widget: WidgetValue): void};
}

/** A form widget as the server knows it: its `x-component` name and the JSON Schema of its value. */
export interface WidgetValue {
  readonly type: string;
  readonly valueSchema: Readonly<Record<string, unknown>>;
}
