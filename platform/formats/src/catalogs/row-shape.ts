import type {LocalizedText} from '../text.js';

/** Words that a row schema carries besides JSON Schema: `titles` of a table or column, `words` of the values of a column. */
export const schemaWords = ['titles', 'words'] as const;

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
}

/** A table as its schema describes it; without words a table and its columns are called by their own names. */
export interface TableShape {
  readonly title: LocalizedText | null;
  readonly columns: readonly ColumnShape[];
}

interface SchemaJson {
  readonly titles?: LocalizedText;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, {readonly titles?: LocalizedText; readonly words?: Readonly<Record<string, LocalizedText>>; readonly enum?: readonly string[]; readonly pattern?: string; readonly maxLength?: number}>>;
}

/** Reads what a row schema tells people. @throws SyntaxError for a text that is no JSON: schemas were checked when they were published. */
export function readShape(schema: string): TableShape {
  const {titles, required = [], properties = {}} = JSON.parse(schema) as SchemaJson;
  return {
    title: titles ?? null,
    columns: Object.entries(properties).map(([name, column]) => ({
      name,
      title: column.titles ?? {'zh-CN': name},
      isRequired: required.includes(name),
      pattern: column.pattern ?? null,
      maxLength: column.maxLength ?? null,
      options: (column.enum ?? Object.keys(column.words ?? {})).map(value => ({value, title: column.words?.[value] ?? {'zh-CN': value}})),
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
