import type {LocalizedText} from '@banli/formats';
import type {OfferedReason} from './phrase-menu.js';
import type {AnswerOf, catalogRoutes, fileRoutes, UnitView} from '@banli/api';

/** A row of a catalog to choose from. */
export type Choice = AnswerOf<typeof catalogRoutes.choices>['choices'][number];

/** A choice that a search found, and why it fits. */
export type ChoiceMatch = AnswerOf<typeof catalogRoutes.searchMatters>['matches'][number];

/** An attachment as the server keeps it. */
export type StoredFile = AnswerOf<typeof fileRoutes.upload>;

/** What form fields ask of the page; it loads, caches and may refuse. All promises reject with ApiError. */
export interface FormServices {
  choices(catalogId: string): Promise<readonly Choice[]>;
  /** A server search, where the catalog has one; `null` searches among the choices on the page. */
  searchChoices(catalogId: string, words: string): Promise<readonly ChoiceMatch[]> | null;
  /** The unit the person works in, for choices among the units below it. */
  readonly ownUnitId: string | null;
  units(): Promise<readonly UnitView[]>;
  /** Ids of units that may handle a matter in an area; without it no unit is marked. */
  handlers?(matter: string, area: string): Promise<readonly string[]>;
  /** What listed words in a text that a citizen is told hint at; without it no field says anything. */
  seatWords?(text: string): Promise<ReadonlyArray<{readonly word: string; readonly meaning: LocalizedText}>>;
  /** Texts this person gave last in a field that is a reason, the newest first, and a way to forget them; without it only common phrases are offered. */
  reasons?: {recent(field: string): Promise<readonly OfferedReason[]>; forget(field: string): Promise<void>};
  upload(file: File): Promise<StoredFile>;
  /** Names of attachments already stored, for their ids; what is not known is left out. */
  files(ids: readonly string[]): Promise<readonly StoredFile[]>;
  fileAddress(fileId: string): string;
}
