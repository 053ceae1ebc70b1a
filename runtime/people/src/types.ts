import type {Tx} from '@banli/store';

/** Level of government: 1 autonomous region or province, 2 prefecture, 3 county, 4 town, 5 village. */
export type UnitLevel = 1 | 2 | 3 | 4 | 5;

/** An organisation in the tree. `path` lists the ids from the root to the unit itself; `parentId` is its business superior. */
export interface Unit {
  readonly id: string;
  readonly name: string;
  /** What it is called in English, where that is known. */
  readonly titleEn?: string;
  readonly kind: string;
  readonly level: UnitLevel;
  /** Area code after GB/T 2260 and GB/T 10114: 6, 9 or 12 digits. */
  readonly areaCode: string;
  readonly parentId: string | null;
  readonly path: readonly string[];
  readonly active: boolean;
}

/** A role: what a post may be asked to do. Rights hang on it, never on a person. */
export interface Role {
  readonly id: string;
  readonly title: {readonly 'zh-CN': string; readonly en: string};
}

/** A person at one unit with his roles there. */
export interface Post {
  readonly id: string;
  readonly personId: string;
  readonly unitId: string;
  readonly title: string;
  readonly roles: readonly string[];
}

/** A person; `posts` holds the active ones, the main post first. */
export interface Person {
  readonly id: string;
  readonly name: string;
  readonly posts: readonly Post[];
}

/** Who acts: the person in one of his posts, and where the request came from. */
export interface PeopleActor {
  readonly personId: string;
  readonly personName: string;
  readonly unitId: string;
  readonly roles: readonly string[];
  readonly requestId: string;
  readonly address: string;
}

/** Where a call comes from. */
export interface Origin {
  readonly requestId: string;
  /** Network address of the caller. */
  readonly address: string;
  /** What the browser says it is; cut to 200 characters. */
  readonly agent: string;
}

/** What people ask of the audit log: a row in the transaction of what it tells about. */
export interface PeopleAudit {
  record(tx: Tx, entry: {readonly actor: PeopleActor; readonly action: string; readonly subject: string; readonly result: 'done' | 'refused' | 'compensated'; readonly at: number; readonly data?: Readonly<Record<string, unknown>>}): Promise<void>;
}

/** What people ask of the vault. */
export interface PeopleVault {
  seal(text: string): string;
  open(sealed: string): string;
  blindIndex(text: string): string;
}
