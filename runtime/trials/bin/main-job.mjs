#!/usr/bin/env node
// npm run main-job: drives the whole hotline job over HTTP and explains each step.
import {runMainJob} from '../src/main-job/run.ts';

const databaseUrl = process.env.BANLI_DATABASE_URL;
process.exitCode = (await runMainJob(databaseUrl === undefined ? {} : {databaseUrl})) ? 0 : 1;
