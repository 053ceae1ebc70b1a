import type {Labels} from '@banli/catalogs';
import {errorText, type ErrorDetails, type Problem} from '@banli/errors';
import type {LocalizedText} from '@banli/formats';

/** Details of a problem that name a row of its table, and those that say a cell. */
const [rows, cells] = [['key', 'other'], ['base', 'theirs', 'mine', 'receiver', 'known']] as const;

const languages = ['zh-CN', 'en'] as const;
type Language = (typeof languages)[number];

/** Reads the labels of a catalog; with the id of a set, of the rows that it proposes, too. */
export interface LabelSource {
  labels(catalogId: string, changeId?: string): Promise<Labels>;
}

/** Lets problems of the rows of catalogs name rows, cells and tables by their titles, as pages show them; the place keeps the key. @param changeId - The set whose rows they are about. */
export async function inWords(source: LabelSource, problems: readonly Problem[], changeId?: string): Promise<readonly Problem[]> {
  const known = new Map<string, Promise<Labels>>();
  const of = (catalogId: string, change?: string): Promise<Labels> => {
    const name = `${catalogId} ${change ?? ''}`;
    const labels = known.get(name) ?? source.labels(catalogId, change);
    known.set(name, labels);
    return labels;
  };
  return Promise.all(problems.map(async problem => {
    const [catalogId = '', table = ''] = (problem.place.file ?? '').split('/');
    const {element, field = ''} = problem.place;
    const {details = {}} = problem;
    if (table === '' || element === undefined || details['key'] !== element) return problem;
    const labels = await of(catalogId, changeId);
    const users = typeof details['catalog'] === 'string' && typeof details['table'] === 'string' ? {labels: await of(details['catalog']), table: details['table']} : null;
    const [zh, en] = languages.map(language => ({...details, ...ownWords(labels, {table, field}, details, language), ...(users ? userWords(users.labels, users.table, details, language) : {})}));
    return {...problem, details: zh ?? details, message: errorText(problem.code, 'en', en ?? details) ?? problem.message};
  }));
}

/** Rows and cells of the table that a problem is about. */
function ownWords(labels: Labels, {table, field}: {readonly table: string; readonly field: string}, details: ErrorDetails, language: Language): ErrorDetails {
  const put = (names: readonly string[], find: (value: string) => LocalizedText | null) => names.flatMap(name => {
    const value = details[name];
    return typeof value === 'string' ? [[name, say(find(value), language) ?? value] as const] : [];
  });
  return Object.fromEntries([...put(cells, value => labels.cell(table, field, value)), ...put(rows, key => labels.named(table, key))]);
}

/** The table whose rows stand on the one that a problem is about, and some of them. */
function userWords(labels: Labels, table: string, details: ErrorDetails, language: Language): ErrorDetails {
  const {example} = details;
  const title = say(labels.table(table), language);
  return {
    ...(title === undefined ? {} : language === 'en' ? {table: title} : {catalogZh: title}),
    ...(Array.isArray(example) ? {example: example.map(key => say(labels.named(table, String(key)), language) ?? String(key))} : {}),
  };
}

function say(text: LocalizedText | null, language: Language): string | undefined {
  return text?.[language] ?? text?.['zh-CN'];
}
