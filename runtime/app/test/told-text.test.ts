import test from 'ava';
import type {FieldInfo} from '@banli/ui/logic';
import {toldText} from '../src/registration/told-text.js';

const field = (name: string, component: string, sensitivity?: 'mask' | 'encrypt'): FieldInfo => ({name, node: {type: 'string', 'x-component': component, 'x-banli': {id: name, ...(sensitivity ? {sensitivity} : {})}}}) as unknown as FieldInfo;
const fields = [field('name', 'Input', 'mask'), field('title', 'Input'), field('place', 'Input'), field('content', 'Input.TextArea'), field('secret', 'Input.TextArea', 'encrypt')];

test('the title and long texts are told, what is masked or short is not', t => {
  t.is(toldText(fields, {name: '李明远', title: ' 占道经营 ', place: '东门', content: '早晨有摊贩', secret: '身份'}, 'title'), '占道经营 早晨有摊贩');
  t.is(toldText(fields, {title: '', content: 7}, 'title'), '');
  t.is(toldText(fields, {content: '长'.repeat(900)}, null).length, 500);
});
