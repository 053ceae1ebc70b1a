import test from 'ava';
import {fitsHint, hintChanges, type Proposes} from '../src/registration/hint-changes.js';

const fields = {sensitive: 'sensitive', urgency: 'urgency', hotClass: 'hotClass'};
const fire: Proposes = {sensitive: true, urgency: {code: 'urgent', enough: ['urgent', 'major']}, hotClass: null};

test('a hint sets the mark and raises the urgency, but never lowers it', t => {
  t.deepEqual(hintChanges(fire, fields, {urgency: 'normal'}), {sensitive: true, urgency: 'urgent'});
  t.deepEqual(hintChanges(fire, fields, {}), {sensitive: true, urgency: 'urgent'});
  t.deepEqual(hintChanges(fire, fields, {urgency: 'major'}), {sensitive: true});
});

test('a hint fits when everything it proposes is so; without proposal or fields it always does', t => {
  t.false(fitsHint(fire, fields, {urgency: 'urgent'}));
  t.true(fitsHint(fire, fields, {urgency: 'major', sensitive: true}));
  t.false(fitsHint({...fire, sensitive: false, urgency: null, hotClass: 'wages'}, fields, {hotClass: 'noise'}));
  t.true(fitsHint({sensitive: false, urgency: null, hotClass: null}, fields, {}));
  t.deepEqual(hintChanges(fire, {sensitive: null, urgency: null, hotClass: null}, {}), {});
});
