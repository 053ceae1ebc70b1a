import test from 'ava';
import type {CompiledBundle} from '@banli/formats';
import {valueWords} from '../src/views/titles.js';
import {release} from './support/bundle.js';
import {setup} from './support/world.js';

test('a score with words is told by its word, one without by its number', async t => {
  const {deps} = await setup(t);
  const {case: form} = release.bundle.forms;
  if (!form) throw new Error('The bundle has no form.');
  const rating = {type: 'integer', title: '话务评价', enum: [{label: '非常满意', labelEn: 'Very satisfied', value: 5}], 'x-component': 'Rating', 'x-banli': {id: 'score'}} as const;
  const rated: CompiledBundle = {...release, bundle: {...release.bundle, forms: {case: {...form, properties: {...form.properties, score: {...rating, enum: [...rating.enum]}}}}}};
  t.deepEqual(await valueWords(deps, rated, 'score', 5, 0), {'zh-CN': '非常满意', en: 'Very satisfied'});
  t.deepEqual(await valueWords(deps, rated, 'score', 4, 0), {'zh-CN': '4'});
});
