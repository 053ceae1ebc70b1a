import {join} from 'node:path';
import test from 'ava';
import {createStore} from '@banli/store';
import {dayOf, formatDate, systemClock} from '@banli/time';
import {findBarriers} from '../src/browser/axe.js';
import {openWindow, type Window} from '../src/browser/browser.js';
import {choose, settled, tick} from '../src/browser/hands.js';
import {sendCall} from '../src/browser/registration.js';
import {startInstance, type Instance} from '../src/instance.js';
import {publishNext} from './support/catalogs.js';
import {password} from './support/stage.js';
import {tellFailures} from './support/tell-failures.js';
import {mattersOfTwin, twinOfHotline} from './support/twin.js';
import {pictureFolder} from './support/window.js';

const title = '企业门前占道经营';

let folder: string;
let instance: Instance;
let window: Window;

test.before(async t => {
  t.timeout(300_000);
  folder = twinOfHotline();
  instance = await startInstance({env: {BANLI_DEMO_PASSWORD: password, BANLI_LOG: 'warn', BANLI_MORE_BUNDLES: folder}});
  const store = createStore(`sqlite:${join(instance.home, 'platform.sqlite')}`);
  await publishNext(store, mattersOfTwin(formatDate(dayOf(systemClock.now())))).finally(() => store.close());
  window = await openWindow(instance.url, password, pictureFolder());
});

tellFailures(() => window);

test.after.always(async t => {
  t.log(`pictures: ${window.folder}`);
  await window.close();
  await instance.remove();
});

test.serial('a matter of another application leads on there with what was typed, and is registered there', async t => {
  t.timeout(300_000);
  const page = await window.open('shi.shouli');
  await page.goto(`${instance.url()}/register/hotline`);
  await page.getByLabel('姓名').fill('李明远');
  await page.getByLabel('联系电话').fill('13899990001');
  await choose(page, '诉求性质', '', '投诉');
  await page.getByLabel('标题').fill(title);
  await page.getByLabel('诉求内容').last().fill('企业门口每天早晨有流动摊贩占道经营，货车无法进出。');
  await choose(page, '所属区域', '解放南路', '解放南路');
  await page.getByLabel('详细地点').fill('解放南路 8 号');
  await choose(page, '事项分类', '占道', '占道经营');
  await page.getByText('该事项应在“企业诉求工单”中办理').waitFor();
  await window.picture(page, 'other-application');
  t.deepEqual(await findBarriers(page), []);
  await page.getByRole('button', {name: /企业诉求工单/}).click();
  await page.waitForURL(/\/register\/enterprise\?draft=/);
  await page.getByLabel('标题').waitFor();
  t.is(await settled(title, () => page.getByLabel('标题').inputValue()), title);
  t.is(await settled('李明远', () => page.getByLabel('姓名').inputValue()), '李明远');
  t.is(await settled(0, () => page.getByText('该事项应在').count()), 0);
  await window.picture(page, 'other-application-there');
  await tick(page.getByLabel('直接派单'));
  await sendCall(page);
  await page.goto(`${instance.url()}/register/hotline`);
  await page.getByLabel('标题').waitFor();
  t.is(await settled('', () => page.getByLabel('标题').inputValue()), '', 'nothing of it stays where it was begun');
  await page.context().close();
  t.deepEqual(window.faults(), []);
});
