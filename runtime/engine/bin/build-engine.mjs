#!/usr/bin/env node
// Builds the engine that BANLI_ENGINE names (camunda, the default, or operaton), or the one given as argument.
import {buildEngine} from './build.mjs';

const product = process.argv[2] ?? (process.env.BANLI_ENGINE || 'camunda');
try {
  const {built} = await buildEngine(product, text => process.stdout.write(`${text}\n`));
  process.stdout.write(built ? `The engine (${product}) is built.\n` : `The engine (${product}) is up to date.\n`);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
