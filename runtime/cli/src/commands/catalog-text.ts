import {writeFile} from 'node:fs/promises';
import {join, resolve} from 'node:path';
import {catalogErrors, diffVersions, formatFiles, receiverProblemsIn, versionOfFiles, type CatalogSource, type KnownReceivers, type RowDiff} from '@banli/catalogs';
import {checkReferences, readCatalog, readManifest, statusByKey, type LoadedCatalog} from '@banli/formats/catalogs';
import type {Problem} from '@banli/errors';
import {readAll, readNeighbours, readOne, sentence} from '../catalog-folder.js';
import type {Command} from '../command.js';
import {cliErrors} from '../errors.js';
import {readReceivers} from '../known-receivers.js';

const withBundles = '--bundles';

/** Every problem of catalogs with its place: text, rows, keys, order, parents, references to the catalogs beside them; with bundles, receivers that none of them knows. */
export const catalogCheck: Command = {
  words: 'catalog check',
  takes: '<文件夹> [--bundles <应用包文件夹>]',
  help: '检查目录（或其下全部目录），逐条列出位置；--bundles 给出应用包（或其上级文件夹）时，一并检查告知对象是否有应用定义',
  async run(args, {write}) {
    const at = args.indexOf(withBundles);
    const [folder, ...more] = at < 0 ? args : args.toSpliced(at, 2);
    const bundles = at < 0 ? undefined : args[at + 1];
    if (folder === undefined || more.length > 0 || (at >= 0 && bundles === undefined)) throw cliErrors.ARGUMENT_MISSING({words: 'catalog check', takes: '<folder> [--bundles <folder>]'});
    const problems = checkAll(await readAll(folder), await readNeighbours(folder), bundles === undefined ? undefined : await readReceivers(bundles));
    for (const problem of problems) write(sentence(problem));
    const errors = problems.filter(problem => problem.severity !== 'warning').length;
    write(errors === 0 ? `✓ 没有错误，${problems.length} 条提醒` : `✗ ${errors} 个错误，${problems.length - errors} 条提醒`);
    return errors === 0 ? 0 : 1;
  },
};

/** Rewrites the tables of catalogs in house format. */
export const catalogFormat: Command = {
  words: 'catalog format',
  takes: '<文件夹>',
  help: '将目录的表整理为规范格式（按键排序、UTF-8、LF）',
  async run([folder], {write}) {
    if (folder === undefined) throw cliErrors.ARGUMENT_MISSING({words: 'catalog format', takes: '<folder>'});
    const source = await readOne(folder);
    const {manifest, problems} = readManifest(source.files['catalog.yaml']);
    if (!manifest) throw catalogErrors.INVALID({count: problems.length}, {problems});
    const formatted = formatFiles(manifest, source.files);
    const changed = Object.keys(formatted).filter(file => formatted[file] !== source.files[file]);
    for (const file of changed) {
      await writeFile(join(resolve(folder), file), formatted[file] ?? '');
      write(`✓ ${file}`);
    }
    write(changed.length === 0 ? '✓ 已是规范格式' : `✓ 整理了 ${changed.length} 个文件`);
    return 0;
  },
};

/** What is different from one folder of a catalog to another. */
export const catalogDiff: Command = {
  words: 'catalog diff',
  takes: '<旧文件夹> <新文件夹>',
  help: '比较同一目录的两个状态，列出行、列、前、后',
  async run([from, to], {write}) {
    if (from === undefined || to === undefined) throw cliErrors.ARGUMENT_MISSING({words: 'catalog diff', takes: '<old folder> <new folder>'});
    const [before, after] = [versionOfFiles((await readOne(from)).files), versionOfFiles((await readOne(to)).files)];
    if (before.manifest.id !== after.manifest.id) throw cliErrors.CATALOG_OTHER({one: before.manifest.id, other: after.manifest.id});
    const diff = diffVersions(before, after);
    for (const row of diff) for (const line of linesOf(row)) write(line);
    write(`${before.head.version} → ${after.head.version}：${diff.length} 行不同`);
    return 0;
  },
};

const signs: Readonly<Record<RowDiff['op'], string>> = {add: '+', modify: '~', offShelf: '下架', void: '作废', restore: '恢复', gone: '-'};

function linesOf(row: RowDiff): readonly string[] {
  const head = `${signs[row.op]} ${row.table} ${row.key} ${row.title['zh-CN']}`;
  return row.op === 'add' || row.op === 'gone' ? [head] : [head, ...row.cells.map(cell => `    ${cell.column}: ${cell.before ?? '（空）'} → ${cell.after ?? '（空）'}`)];
}

/** Problems of the given catalogs; references look at them first, then at their neighbours. Without `receivers` no application is asked. */
export function checkAll(sources: readonly CatalogSource[], neighbours: readonly LoadedCatalog[], receivers?: KnownReceivers): readonly Problem[] {
  const read = sources.map(source => ({source, ...readCatalog(source.files)}));
  const known = new Map([...neighbours, ...read.flatMap(result => result.catalog ?? [])].map(catalog => [catalog.manifest.id, catalog]));
  return read.flatMap(({source, catalog, problems}) => {
    const references = catalog ? checkReferences(catalog, (catalogId, table) => {
      const found = known.get(catalogId)?.tables[table];
      return found ? statusByKey(found) : null;
    }) : [];
    return [...problems, ...references, ...(catalog ? receiverProblemsIn(catalog, receivers) : [])].map(problem => ({...problem, place: {...problem.place, file: `${source.name}/${problem.place.file ?? ''}`}}));
  });
}
