import {readFileSync} from 'node:fs';

/**
 * Words of everyday Chinese that almost any complaint may hold, whatever it is about: how often they are said cannot be told from the terms of a catalog, in which some of them are rare.
 * Language alone, no matters: what a catalog calls so still counts, only less. They stand beside this file, a word a line, and in no catalog: no unit has others, they hold from no day, and
 * what they do to finding is held by the tests of the search.
 *
 * @see Source: our own list.
 */
export const commonWords: readonly string[] = readFileSync(new URL('common-words.txt', import.meta.url), 'utf8').split('\n').filter(word => word !== '');
