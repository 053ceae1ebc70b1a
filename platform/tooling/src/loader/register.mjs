// Lets Node load our TypeScript: `node --import ./platform/tooling/src/loader/register.mjs`. Tests use it, as each of them is a process of its own.
import {register} from 'node:module';

register(new URL('hooks.mjs', import.meta.url));
