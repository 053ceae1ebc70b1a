import {execFileSync} from 'node:child_process';
import {existsSync} from 'node:fs';
import {join} from 'node:path';
import {pathToFileURL} from 'node:url';
import {listErrorCodes} from '@banli/errors';
import {root} from './root.js';

/** Loads every module that defines error codes, so that the list is complete. */
export async function loadErrorTables(): Promise<void> {
  const files = execFileSync('git', ['grep', '-l', '--untracked', 'defineErrors(', '--', '*/src/*.ts'], {cwd: root, encoding: 'utf8'}).split('\n').filter(Boolean);
  for (const file of files) {
    if (!file.startsWith('platform/errors/') && existsSync(join(root, file))) await import(pathToFileURL(join(root, file)).href);
  }
}

/** The page `platform/docs/errors.md`: every code with status and both sentences; the sentence says what to do. */
export function renderErrorPage(): string {
  const rows = listErrorCodes().map(row => `| \`${row.code}\` | ${row.status} | ${cell(row.zh)} | ${cell(row.message)} |`);
  return `# 错误代码 Error codes

Made from the error tables in code by \`node --import tsx platform/tooling/bin/write-error-page.mjs\`; a test compares both. A code is never used again for something else.
Status: 400 malformed · 401 sign in · 403 not allowed · 404 not there · 409 changed meanwhile · 413 too large · 422 a rule says no · 429 too often · 500 our fault · 503 try again.

| code | status | 中文 | English |
|---|---|---|---|
${rows.join('\n')}
`;
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}
