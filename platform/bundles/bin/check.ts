import {argv, exit, stdout} from 'node:process';
import {errorText} from '@banli/errors';
import {checkBundle} from '../src/index.js';
import {readBundleFolder} from '../src/node.js';

const [folder, language = 'zh-CN'] = argv.slice(2);
if (folder === undefined) {
  stdout.write('npx tsx platform/bundles/bin/check.ts <folder> [zh-CN|en]\n');
  exit(2);
}
const {problems, compiled} = checkBundle(await readBundleFolder(folder));
for (const {code, message, place, details} of problems) {
  const where = [place.file, place.line, place.column].filter(part => part !== undefined).join(':');
  const what = [place.element, place.field].filter(part => part !== undefined).join(' › ');
  stdout.write(`${where}  ${what}\n    ${language === 'en' ? message : errorText(code, 'zh-CN', details) ?? message}  [${code}]\n`);
}
stdout.write(compiled ? `ok ${compiled.hash}\n` : `${problems.length} problems\n`);
exit(compiled ? 0 : 1);
