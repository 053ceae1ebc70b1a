import test from 'ava';
import {centreOf} from '../src/frame/centre-of.js';

const unit = (id: string, parentId: string | null, kind: string) => ({id, parentId, kind, name: id, level: 1, areaCode: '65'});
const units = [unit('region', null, 'centre'), unit('city', 'region', 'centre'), unit('bureau', 'city', 'department'), unit('street', 'bureau', 'township'), unit('alone', null, 'department'), unit('a', 'b', 'department'), unit('b', 'a', 'department')];

test('the bar names the nearest centre above the post, or the topmost unit, and a circle does not stop it', t => {
  const named = (id: string) => centreOf(units, id)?.id ?? null;
  t.deepEqual(['city', 'street', 'alone', 'nobody'].map(named), ['city', 'city', 'alone', null]);
  t.is(named('a'), 'b');
});
