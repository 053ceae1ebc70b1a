import type {LocalizedText} from '../text.js';
import {columnTypes, type ColumnType} from './column-types.js';

/** Words that a row schema carries besides JSON Schema: `titles` of a table or column, `words` of the values of a column. */
export const schemaWords = ['titles', 'words'] as const;

/**
 * What a row schema carries of columns that administrators made, besides: `own` (theirs, so theirs to change), `columnType`, `columnFormat`, `order` (its place among the
 * others), `retired` (kept, no longer asked), and of a table `requiredInUse` (columns that a row must fill unless it is retired).
 */
export const schemaMarks = ['own', 'columnType', 'columnFormat', 'order', 'retired', 'requiredInUse'] as const;

/** A value of a column with its words. */
export interface ColumnOption {
  readonly value: string;
  readonly title: LocalizedText;
}

/** A column as its schema describes it. `options` is empty where any text of the pattern fits. */
export interface ColumnShape {
  readonly name: string;
  readonly title: LocalizedText;
  readonly isRequired: boolean;
  readonly pattern: string | null;
  readonly maxLength: number | null;
  readonly options: readonly ColumnOption[];
  /** `null` where only the manifest knows: a column of before that is neither a list of values nor marked may be a reference. */
  readonly type: ColumnType | null;
  /** Of a text `digits`, `code` or `phone`; of a number the digits after the point. */
  readonly format: string | null;
  /** Made by administrators: no program asks for it. */
  readonly isOwn: boolean;
  /** Kept to be read, no longer asked and no longer written. */
  readonly isRetired: boolean;
  /** Columns are shown by it; by default a thousand for each column before it. */
  readonly order: number;
}

/** A table as its schema describes it; without words a table and its columns are called by their own names. */
export interface TableShape {
  readonly title: LocalizedText | null;
  readonly columns: readonly ColumnShape[];
}

/** A column as a row schema writes it. */
export interface ColumnJson {
  readonly titles?: LocalizedText;
  readonly words?: Readonly<Record<string, LocalizedText>>;
  readonly type?: string;
  readonly format?: string;
  readonly enum?: readonly string[];
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly own?: boolean;
  readonly columnType?: string;
  readonly columnFormat?: string;
  readonly order?: number;
  readonly retired?: boolean;
}

/** A row schema as far as words and columns go. */
export interface RowSchemaJson {
  readonly titles?: LocalizedText;
  readonly required?: readonly string[];
  readonly requiredInUse?: readonly string[];
  readonly properties?: Readonly<Record<string, ColumnJson>>;
}

const orderStep = 1_000;

/** Reads what a row schema tells people. @throws SyntaxError for a text that is no JSON: schemas were checked when they were published. */
export function readShape(schema: string): TableShape {
  const {titles, required = [], requiredInUse = [], properties = {}} = JSON.parse(schema) as RowSchemaJson;
  return {
    title: titles ?? null,
    columns: Object.entries(properties).map(([name, column], index) => ({
      name,
      title: column.titles ?? {'zh-CN': name},
      isRequired: required.includes(name) || requiredInUse.includes(name),
      pattern: column.pattern ?? null,
      maxLength: column.maxLength ?? null,
      options: (column.enum ?? Object.keys(column.words ?? {})).map(value => ({value, title: column.words?.[value] ?? {'zh-CN': value}})),
      type: columnTypes.find(type => type === column.columnType) ?? (column.enum ? 'choice' : null),
      format: column.columnFormat ?? null,
      isOwn: column.own === true,
      isRetired: column.retired === true,
      order: column.order ?? (index + 1) * orderStep,
    })),
  };
}

/** Whether two row schemas ask the same of a row, whatever words they carry. Text that is no JSON asks the same of nothing. */
export function sameRules(a: string, b: string): boolean {
  const [left, right] = [rulesOf(a), rulesOf(b)];
  return left !== null && left === right;
}

function rulesOf(schema: string): string | null {
  try {
    return JSON.stringify(JSON.parse(schema), (name, value: unknown) => ((schemaWords as readonly string[]).includes(name) && isWords(value) ? undefined : value));
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

/** A column may be called `words`: its schema is no table of words. */
function isWords(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !('type' in value) && !('enum' in value);
}
