import test from 'ava';
import {isCreditCode} from '../src/checks/credit-code.js';

test('a credit code has 18 signs of its own alphabet and a check digit that fits', t => {
  t.true(isCreditCode('91000000MADEM00011'));
  for (const wrong of ['', '91000000MADEM0001', '91000000MADEM000110', '91000000MADEM00012', '91000000MADEM00O11', '91000000madem00011', '９１000000MADEM00011']) t.false(isCreditCode(wrong), wrong);
});

test('no single wrong sign, and no two that changed places, go unnoticed', t => {
  const code = '91000000MADEM00011';
  const signs = '0123456789ABCDEFGHJKLMNPQRTUWXY';
  for (let at = 0; at < 18; at += 1) for (const sign of signs) if (sign !== code[at]) t.false(isCreditCode(code.slice(0, at) + sign + code.slice(at + 1)), `${at} ${sign}`);
  for (let at = 0; at < 16; at += 1) if (code[at] !== code[at + 1]) t.false(isCreditCode(code.slice(0, at) + (code[at + 1] ?? '') + (code[at] ?? '') + code.slice(at + 2)), String(at));
});
