import {stat} from 'node:fs/promises';
import {join} from 'node:path';
import {checkBundle} from '@banli/bundles';
import {readBundleFolder} from '@banli/bundles/node';
import {errorText, type Problem} from '@banli/errors';
import type {Command} from '../command.js';
import {cliErrors} from '../errors.js';

/** Checks a bundle folder without an installation: workers and catalogs that it names are not looked up. */
export const check: Command = {
  words: 'check',
  takes: '<应用包文件夹>',
  help: '检查应用包，列出全部问题及其位置',
  async run([folder], {write}) {
    if (folder === undefined) throw cliErrors.ARGUMENT_MISSING({words: 'check', takes: '<folder>'});
    await stat(join(folder, 'bundle.yaml')).catch((cause: unknown) => {
      throw cliErrors.FOLDER_MISSING({folder}, {cause});
    });
    const {problems} = checkBundle(await readBundleFolder(folder));
    for (const problem of problems) write(sentence(problem));
    const errors = problems.filter(problem => problem.severity !== 'warning').length;
    write(errors === 0 ? `✓ 没有错误，${problems.length} 条提醒` : `✗ ${errors} 个错误，${problems.length - errors} 条提醒`);
    return errors === 0 ? 0 : 1;
  },
};

function sentence({code, message, place, details, severity}: Problem): string {
  const spot = [place.file, place.line, place.column, place.element ?? place.field].filter(part => part !== undefined).join(':');
  return `${severity === 'warning' ? '!' : '✗'} ${spot} ${code} ${errorText(code, 'zh-CN', details ?? {}) ?? message}`;
}
