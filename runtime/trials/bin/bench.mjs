#!/usr/bin/env node
// npm run bench -- NAME: prints ratios against a peer measured in the same run.
import {runBench} from '../src/bench/run.ts';

process.exitCode = await runBench(process.argv.slice(2));
