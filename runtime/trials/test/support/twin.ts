import {cpSync, readFileSync, renameSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {scratchFolder} from '@banli/testing/scratch-folder';
import type {NextVersion} from './catalogs.js';

const hotline = fileURLToPath(new URL('../../../../templates/hotline', import.meta.url));

/** The hotline under another name (`enterprise`): an application of its own that asks the same. @param permissions - What becomes of its permissions. @returns Its folder. */
export function twinOfHotline(permissions: (text: string) => string = text => text): string {
  const twin = scratchFolder('twin');
  cpSync(hotline, twin, {recursive: true});
  const edit = (file: string, change: (text: string) => string): void => writeFileSync(join(twin, file), change(readFileSync(join(twin, file), 'utf8')));
  edit('bundle.yaml', text => text.replace(/^id: hotline$/m, 'id: enterprise').replace(/^title: .*$/m, 'title: {zh-CN: 企业诉求工单, en: Orders of enterprises}').replace('hotlineCase', 'enterpriseCase'));
  edit('permissions.yaml', permissions);
  edit('processes/hotlineCase.bpmn', text => text.replaceAll('hotlineCase', 'enterpriseCase'));
  renameSync(join(twin, 'processes/hotlineCase.bpmn'), join(twin, 'processes/enterpriseCase.bpmn'));
  return twin;
}

/** A version of the matters, from a day on (`YYYY-MM-DD`), whose second branch is handled by the twin. */
export function mattersOfTwin(effectiveFrom: string): NextVersion {
  return {catalogId: 'matters', version: '2031.1.0', effectiveFrom, files: {'data/handling.csv': text => text.replace(/^02,hotline,case,/m, '02,enterprise,case,')}};
}
