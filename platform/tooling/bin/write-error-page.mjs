import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {loadErrorTables, renderErrorPage} from '../src/error-page.ts';
import {root} from '../src/root.ts';

await loadErrorTables();
writeFileSync(join(root, 'platform/docs/errors.md'), renderErrorPage());
