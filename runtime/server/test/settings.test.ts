import test from 'ava';
import {readSettings} from '../src/settings.js';

test('without settings everything stands in the checkout and any address of ours is taken', t => {
  const settings = readSettings({});
  t.is(settings.port, 8330);
  t.deepEqual([settings.publicOrigins, settings.https, settings.behindProxy], [[], false, false]);
  t.regex(settings.databaseUrl, /^sqlite:/);
});

test('public addresses are read as origins, and https counts only when all of them have it', t => {
  const read = (url: string) => readSettings({BANLI_PUBLIC_URL: url, BANLI_BEHIND_PROXY: '1'});
  t.like(read('https://Banli.Example.gov.cn/'), {publicOrigins: ['https://banli.example.gov.cn'], https: true, behindProxy: true});
  t.like(read('https://a.example, http://10.0.0.5:8330'), {publicOrigins: ['https://a.example', 'http://10.0.0.5:8330'], https: false});
});

for (const [name, value] of [
  ['BANLI_PUBLIC_URL', 'banli.example.gov.cn'],
  ['BANLI_PUBLIC_URL', 'https://banli.example.gov.cn/app'],
  ['BANLI_PUBLIC_URL', 'https://user@banli.example.gov.cn'],
  ['BANLI_PUBLIC_URL', 'ftp://banli.example.gov.cn'],
  ['PORT', '70000'],
  ['PORT', 'web'],
  ['BANLI_DATABASE_URL', 'postgres://x/y'],
] as const) {
  test(`${name}=${value} is refused by its name`, t => {
    const error = t.throws(() => readSettings({[name]: value}), {code: 'SERVER_SETTING_BAD'});
    t.regex(error?.message ?? '', new RegExp(name));
  });
}

test('quiet hours of text messages are two hours of the day, or none', t => {
  t.deepEqual(readSettings({}).quietHours, {from: 23, to: 9});
  t.deepEqual(readSettings({BANLI_SMS_QUIET: '22-8'}).quietHours, {from: 22, to: 8});
  t.is(readSettings({BANLI_SMS_QUIET: 'none'}).quietHours, null);
  for (const wrong of ['', '9', '9-9', '24-9', '9-x', '23:00-9:00']) t.throws(() => readSettings({BANLI_SMS_QUIET: wrong}), {code: 'SERVER_SETTING_BAD'}, wrong);
});
