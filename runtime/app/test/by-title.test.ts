import test from 'ava';
import {byTitle} from '../src/catalogs/by-title.js';

test('catalogs stand by pinyin in Chinese and by the alphabet in English', t => {
  const given = ['职责清单', '办事材料', '工作日历'];
  t.deepEqual(byTitle(given, title => title, 'zh-CN'), ['办事材料', '工作日历', '职责清单']);
  t.deepEqual(byTitle(['Tags', 'areas', 'Duty list'], title => title, 'en'), ['areas', 'Duty list', 'Tags']);
  t.deepEqual(given, ['职责清单', '办事材料', '工作日历'], 'the list given stays');
});
