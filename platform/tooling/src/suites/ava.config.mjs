/** How ava runs suites, and beside them the test files that cannot join one; a single file by hand runs by the settings in package.json. */
export default {
  files: ['test-results/suites-*/*.mjs', '{platform,designer,runtime,plugins,catalogs,templates}/*/test/**/*.test.ts'],
  extensions: {ts: 'module', mjs: true},
  nodeArguments: ['--max-semi-space-size=64', '--import=./platform/tooling/src/loader/register.mjs'],
  workerThreads: false,
};
