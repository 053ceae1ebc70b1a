import {readFile} from 'node:fs/promises';
import test from 'ava';
import {elementRules} from '@banli/bundles';

test('the documentation lists exactly the elements and attributes that are executed', async t => {
  const page = await readFile(new URL('../../docs/bpmn-elements.md', import.meta.url), 'utf8');
  const rows = [...page.matchAll(/^\| `([\w:]+)` \|[^|]*\|([^|]*)\|$/gm)].map(([, name = '', attributes = '']) => [name, [...attributes.matchAll(/`([^`]+)`/g)].map(match => match[1])]);
  t.deepEqual(rows, Object.entries(elementRules).map(([name, rule]) => [name, [...rule.attributes]]));
});
