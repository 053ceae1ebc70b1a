import {fileURLToPath} from 'node:url';
import test from 'ava';
import {compileBundle} from '@banli/bundles';
import {readBundleFolder} from '@banli/bundles/node';
import {evaluateExpression} from '@banli/expressions';

const release = readBundleFolder(fileURLToPath(new URL('..', import.meta.url))).then(compileBundle);

test('a single dispatch has no assistants, and the lead is none of its own', async t => {
  const effects = (await release).steps['dispatchCase']?.outcomes.find(outcome => outcome.id === 'dispatch')?.effects ?? [];
  const cleaning = effects.findIndex(effect => effect.kind === 'field' && effect.name === 'assistUnits');
  t.true(cleaning >= 0 && cleaning < effects.findIndex(effect => effect.kind === 'participants'), 'before the assistants get their tasks');
  const effect = effects[cleaning];
  const left = (form: object) => (effect?.kind === 'field' ? evaluateExpression(effect.value, {form: {mode: null, leadUnit: 'chengguan', assistUnits: null, ...form}}) : undefined);
  t.is(left({mode: 'single', assistUnits: ['street']}), null);
  t.deepEqual(left({mode: 'mainAssist', assistUnits: ['street', 'chengguan', 'water']}), ['street', 'water']);
  t.is(left({mode: 'mainAssist'}), null);
});
