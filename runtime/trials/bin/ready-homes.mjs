#!/usr/bin/env node
// ready-homes.mjs <folder>: fills homes there that tests start their instances on copies of.
import {startInstance} from '../src/instance.ts';
import {makeReadyHomes} from '../src/ready-home.ts';

const folder = process.argv[2];
if (folder === undefined) throw new Error('Usage: ready-homes.mjs <folder>');
await makeReadyHomes(folder, startInstance);
