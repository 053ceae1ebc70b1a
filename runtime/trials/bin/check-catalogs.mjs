#!/usr/bin/env node
// npm run check:catalogs: the acceptance tests of catalogs over HTTP, each with its number and what was seen.
import {runCatalogChecks} from '../src/catalog-checks/run.ts';

const databaseUrl = process.env.BANLI_DATABASE_URL;
process.exitCode = (await runCatalogChecks(databaseUrl === undefined ? {} : {databaseUrl})) ? 0 : 1;
