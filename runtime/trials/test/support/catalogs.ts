import {cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {createCatalogService} from '@banli/catalogs';
import type {Store} from '@banli/store';
import {systemClock} from '@banli/time';

const matters = fileURLToPath(new URL('../../../../catalogs/matters', import.meta.url));

/** Publishes a version of the matters in which one of them is retired, from a day on (`YYYY-MM-DD`). */
export async function retireMatter(store: Store, code: string, effectiveFrom: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'banli-matters-'));
  cpSync(matters, folder, {recursive: true});
  edit(join(folder, 'catalog.yaml'), text => text.replace(/^version: .*$/m, 'version: 2026.9.0').replace(/^effectiveFrom: .*$/m, `effectiveFrom: ${effectiveFrom}`));
  edit(join(folder, 'data/matters.csv'), text => retired(text, code));
  edit(join(folder, 'data/synonyms.csv'), text => retired(text, code));
  const catalogs = createCatalogService(store, systemClock);
  await catalogs.publishFolder(folder, 'system').finally(() => catalogs.close());
  rmSync(folder, {recursive: true});
}

function retired(csv: string, code: string): string {
  return csv.split('\n').map(line => (line.startsWith(`${code},`) ? line.replace(',active,', ',retired,') : line)).join('\n');
}

function edit(path: string, change: (text: string) => string): void {
  writeFileSync(path, change(readFileSync(path, 'utf8')));
}
