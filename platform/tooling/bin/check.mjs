#!/usr/bin/env node
// Checks what the repository holds besides code: bundles, catalogs, plugins, generated pages. One line each; no engine, database or browser.
import '../src/loader/register.mjs';
import {prepare, root} from '../src/setup/prepare.mjs';
import {fail} from '../src/setup/say.mjs';

async function main() {
  await prepare({web: false, engines: []});
  const {checkContent, checkErrorPage} = await import('../src/check-content.ts');
  const checks = [...(await checkContent(root)), await checkErrorPage(root)];
  for (const {title, problems} of checks) {
    process.stdout.write(`  ${problems.length === 0 ? '✓' : '✗'} ${title}\n`);
    for (const problem of problems) process.stdout.write(`      ${problem}\n`);
  }
  const failed = checks.filter(check => check.problems.length > 0).length;
  process.stdout.write(`check: ${checks.length - failed} passed, ${failed} failed\n`);
  process.exitCode = failed === 0 ? 0 : 1;
}

main().catch(fail);
