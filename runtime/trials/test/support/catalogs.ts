import {cpSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {createCatalogService} from '@banli/catalogs';
import type {Store} from '@banli/store';
import {scratchFolder} from '@banli/testing/scratch-folder';
import {systemClock} from '@banli/time';

const catalogs = fileURLToPath(new URL('../../../../catalogs/', import.meta.url));

/** A new version of a shipped catalog: its number, its first day (`YYYY-MM-DD`) and what becomes of its files. */
export interface NextVersion {
  readonly catalogId: string;
  readonly version: string;
  readonly effectiveFrom: string;
  readonly files: Readonly<Record<string, (text: string) => string>>;
}

/** Publishes a new version of a shipped catalog past the server, as the command line does. */
export async function publishNext(store: Store, {catalogId, version, effectiveFrom, files}: NextVersion): Promise<void> {
  const folder = scratchFolder('next');
  cpSync(join(catalogs, catalogId), folder, {recursive: true});
  const head = (text: string): string => text.replace(/^version: .*$/m, `version: ${version}`).replace(/^effectiveFrom: .*$/m, `effectiveFrom: ${effectiveFrom}`);
  for (const [file, change] of Object.entries({'catalog.yaml': head, ...files})) edit(join(folder, file), change);
  const service = createCatalogService(store, systemClock);
  await service.publishFolder(folder, 'system').finally(() => service.close());
}

/** Publishes a version of the matters in which one of them is retired, from a day on (`YYYY-MM-DD`). */
export async function retireMatter(store: Store, code: string, effectiveFrom: string): Promise<void> {
  const retire = (text: string): string => retired(text, code);
  await publishNext(store, {catalogId: 'matters', version: '2026.9.0', effectiveFrom, files: {'data/matters.csv': retire, 'data/synonyms.csv': retire, 'data/examples.csv': retire}});
}

function retired(csv: string, code: string): string {
  return csv.split('\n').map(line => (line.startsWith(`${code},`) ? line.replace(',active,', ',retired,') : line)).join('\n');
}

function edit(path: string, change: (text: string) => string): void {
  writeFileSync(path, change(readFileSync(path, 'utf8')));
}
