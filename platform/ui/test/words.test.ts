import test from 'ava';
import {jointsOf} from '../src/words/joints.js';
import {formatFull, formatLength, formatMoment} from '../src/words/moments.js';
import {formatBytes, formatCount, formatMoney, formatNumber} from '../src/words/numbers.js';
import {restBesideWord} from '../src/due/rest-words.js';
import {mask} from '../src/words/masks.js';

const now = Date.parse('2026-11-22T06:00:00Z'); // 14:00 in Shanghai

const says = test.macro({
  exec: (t, iso: string, zh: string, en: string) => {
    t.is(formatMoment(Date.parse(iso), now, 'zh-CN'), zh);
    t.is(formatMoment(Date.parse(iso), now, 'en'), en);
  },
  title: (_, iso, zh) => `${iso} reads ${zh}`,
});

test(says, '2026-11-22T06:05:00Z', '今天 14:05', 'Today 14:05');
test(says, '2026-11-21T16:00:00Z', '今天 00:00', 'Today 00:00');
test(says, '2026-11-21T15:59:00Z', '11-21 23:59', '11-21 23:59');
test(says, '2025-11-22T06:05:00Z', '2025-11-22 14:05', '2025-11-22 14:05');
test(says, '2026-12-31T16:00:00Z', '2027-01-01 00:00', '2027-01-01 00:00');

test('lengths take two parts at most', t => {
  t.is(formatLength(100_800_000, 'zh-CN'), '1 天 4 小时');
  t.is(formatLength(86_400_000 + 300_000, 'zh-CN'), '1 天 5 分钟');
  t.is(formatLength(59_000, 'zh-CN'), '不到 1 分钟');
  t.is(formatLength(-5, 'en'), 'under 1 min');
});

test('the full moment does not depend on the zone of the machine', t => {
  t.is(formatFull(0), '1970-01-01 08:00');
});

test('numbers group thinly, money has two digits, badges stop at 99+', t => {
  t.is(formatNumber(1_234_567.5), '1\u2009234\u2009567.5');
  t.is(formatNumber(-12), '−12');
  t.is(formatMoney(1234.5), '¥1\u2009234.50');
  t.is(formatBytes(12_700), '12.4 KB');
  t.deepEqual([0, 7, 100].map(formatCount), ['', '7', '99+']);
});

test('phones, id numbers and names are masked; masked and short ones stay', t => {
  t.is(mask('13812341234', 'phone'), '138****1234');
  t.is(mask('650102199001011234', 'idNumber'), '6501**********1234');
  t.is(mask('欧阳明月', 'name'), '欧**');
  t.is(mask('138****1234', 'phone'), '138****1234');
  t.is(mask('12345', 'phone'), '12345');
});

test('beside the badge of a clock its word is not said twice', t => {
  t.is(restBesideWord('超期 1 天 4 小时', '超期'), '1 天 4 小时');
  t.is(restBesideWord('1 d 4 h overdue', 'Overdue'), '1 d 4 h');
  t.is(restBesideWord('剩 2 个工作日', '正常'), '剩 2 个工作日');
  t.is(restBesideWord('超期完成', '超期'), '超期完成');
  t.is(restBesideWord('', '超期'), '');
});

test('words are put together with the marks of the language', t => {
  const [zh, en] = [jointsOf('zh-CN'), jointsOf('en')];
  t.deepEqual([zh.list(['甲', '乙']), zh.statements(['甲', '乙']), zh.pair('甲', '乙'), zh.aside('甲', 'a')], ['甲、乙', '甲；乙', '甲：乙', '甲（a）']);
  t.deepEqual([en.list(['a', 'b']), en.statements(['a', 'b']), en.pair('a', 'b'), en.aside('a', 'b')], ['a, b', 'a; b', 'a: b', 'a (b)']);
});
