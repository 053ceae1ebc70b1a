import {mkdir, writeFile} from 'node:fs/promises';
import {dirname, join, resolve} from 'node:path';
import {publishedSource} from '@banli/catalogs';
import type {Command} from '../command.js';
import {cliErrors} from '../errors.js';
import {withInstallation} from '../open-store.js';

/** Writes a published version, with the columns and rows that administrators made, as the text files of a folder. Other files of the folder stay. */
export const catalogPull: Command = {
  words: 'catalog pull',
  takes: '<目录编码> <文件夹> [版本]',
  help: '将本机安装已发布的目录写成文本文件（含页面上增加的字段和行）',
  run: ([catalogId, folder, version], {env, write}) => {
    if (catalogId === undefined || folder === undefined) throw cliErrors.ARGUMENT_MISSING({words: 'catalog pull', takes: '<catalog> <folder> [version]'});
    return withInstallation(env, async ({store}) => {
      const {files} = await publishedSource(store, catalogId, version);
      for (const [path, text] of Object.entries(files)) {
        const file = join(resolve(folder), path);
        await mkdir(dirname(file), {recursive: true});
        await writeFile(file, text);
        write(`✓ ${path}`);
      }
      return 0;
    });
  },
};
