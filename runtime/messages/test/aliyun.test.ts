import test from 'ava';
import {signCall} from '../src/aliyun/sign.js';
import {fillTemplate, parseTemplates} from '../src/aliyun/templates.js';

test('a call is signed as the provider publishes it for a request of which everything is given', t => {
  const {path, headers} = signCall({
    host: 'ecs.cn-shanghai.aliyuncs.com', action: 'RunInstances', version: '2014-05-26', at: Date.UTC(2023, 9, 26, 10, 22, 32), nonce: '3156853299f313e23d1673dc12e1703d',
    query: {RegionId: 'cn-shanghai', ImageId: 'win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd'},
  }, {id: 'YourAccessKeyId', secret: () => 'YourAccessKeySecret'});
  t.is(path, '/?ImageId=win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd&RegionId=cn-shanghai');
  t.is(headers['authorization'], 'ACS3-HMAC-SHA256 Credential=YourAccessKeyId,SignedHeaders=host;x-acs-action;x-acs-content-sha256;x-acs-date;x-acs-signature-nonce;x-acs-version,Signature=06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0');
});

test('values are encoded so that a query says only what it should', t => {
  const {path} = signCall({host: 'h', action: 'A', version: 'v', at: 0, nonce: 'n', query: {TemplateParam: '{"a":"1&b=2 (!*\')~"}'}}, {id: 'i', secret: () => 's'});
  t.is(path, '/?TemplateParam=%7B%22a%22%3A%221%26b%3D2%20%28%21%2A%27%29~%22%7D');
});

test('templates are read by kind, and what cannot be read is none', t => {
  const templates = parseTemplates(' a.b=SMS_1(one, two:5) ; c=SMS_2() ');
  t.deepEqual(templates?.get('a.b'), {code: 'SMS_1', variables: [{name: 'one', longest: 35}, {name: 'two', longest: 5}]});
  for (const wrong of ['a', 'a=SMS_1', 'a=1(x)', 'a=SMS_1(x:0)', 'a=SMS_1(x y)', 'a=SMS_1(x);a=SMS_2(x)', 'a=SMS_1(x,,y z)']) t.is(parseTemplates(wrong), null, wrong);
});

test('a value is cut by signs, not by halves of them; one that the message lacks is refused', t => {
  const templates = parseTemplates('a=SMS_1(x:3);b=SMS_2(constructor)') ?? new Map();
  t.deepEqual(JSON.parse(fillTemplate(templates, {kind: 'a', params: {x: '😀😀😀😀'}}).values), {x: '😀😀…'});
  for (const params of [{}, {x: ' '}]) t.throws(() => fillTemplate(templates, {kind: 'a', params}), {code: 'MESSAGES_TEMPLATE_MISSING'});
  t.throws(() => fillTemplate(templates, {kind: 'b', params: {}}), {code: 'MESSAGES_TEMPLATE_MISSING'});
  t.throws(() => fillTemplate(templates, {kind: 'c', params: {x: '1'}}), {code: 'MESSAGES_TEMPLATE_MISSING'});
});
