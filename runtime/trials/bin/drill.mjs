#!/usr/bin/env node
// npm run drill -- kill --rounds N [--orders N] [--seed N]: kills processes at random moments and checks that nothing was lost.
import {drillKill} from '../src/drill/kill.ts';

const [name, ...rest] = process.argv.slice(2);
const option = (key, otherwise) => {
  const at = rest.indexOf(`--${key}`);
  return at === -1 ? otherwise : Number(rest[at + 1]);
};
if (name !== 'kill') {
  process.stdout.write('npm run drill -- kill [--rounds 20] [--orders 200] [--seed N]\n');
  process.exitCode = 2;
} else {
  const databaseUrl = process.env.BANLI_DATABASE_URL;
  const held = await drillKill({rounds: option('rounds', 20), orders: option('orders', 200), seed: option('seed', 1 + Math.floor(Math.random() * 1_000_000)), ...(databaseUrl === undefined ? {} : {databaseUrl})});
  process.exitCode = held ? 0 : 1;
}
