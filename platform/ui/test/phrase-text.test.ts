import test from 'ava';
import {fittingPhrases, withPhrase} from '../src/form/phrase-text.js';

test('a phrase goes behind what was typed, and nothing typed is lost', t => {
  t.is(withPhrase('', '同意'), '同意');
  t.is(withPhrase('情况属实', '同意'), '情况属实；同意');
  t.is(withPhrase('情况属实。 ', '同意'), '情况属实。同意');
  t.is(withPhrase('情况属实；同意', '同意'), '情况属实；同意', 'chosen twice it stands once');
});

test('phrases are offered where they fit; a rule that fails leaves its phrase out', t => {
  const phrase = (text: string, when?: string) => ({text: {'zh-CN': text}, ...(when === undefined ? {} : {when})});
  const all = [phrase('总是'), phrase('退单', 'step = "reviewReturn"'), phrase('坏', 'noSuchName > 1'), phrase('多日', 'form.days > 3')];
  const texts = (context: Record<string, unknown>) => fittingPhrases(all, context).map(({text}) => text['zh-CN']);
  t.deepEqual(texts({step: 'reviewReturn', form: {days: 1}}), ['总是', '退单']);
  t.deepEqual(texts({step: 'handleCase', form: {days: 4}}), ['总是', '多日']);
});
