import test from 'ava';
import {findBarriers} from '../src/browser/axe.js';
import {answer, tick} from '../src/browser/hands.js';
import {stallOrder} from '../src/main-job/orders.js';
import {at} from '../src/main-job/words.js';
import {publishNext} from './support/catalogs.js';
import {clockOf, useStage} from './support/stage.js';
import {useWindow} from './support/window.js';

const stage = useStage(at('2026-03-02', '10:30'));
const browser = useWindow(stage);

test.serial('a plan leaves orders from before its day alone, unless whoever approves takes them along', async t => {
  t.timeout(300_000);
  const window = await browser();
  const scene = stage();
  const older = await scene.registerOne({...stallOrder, title: '生效日之前受理的工单'});
  await scene.moveTo(at('2026-03-03', '10:00'));
  const newer = await scene.registerOne({...stallOrder, title: '生效日受理的工单'});
  await publishNext(scene.store, {catalogId: 'limits', version: '2026.9.0', effectiveFrom: '2026-03-03', files: {'data/limits.csv': text => text.replace('city,normal,resolve,3,', 'city,normal,resolve,2,')}});
  const page = await window.open('qu.admin');
  await page.goto(`${scene.instance.url()}/limit-plans`);
  const plan = page.getByRole('row').filter({hasText: '待批准'});
  await scene.wait('the plan is listed', async () => {
    await page.reload();
    await page.getByRole('heading', {name: '时限重算'}).waitFor();
    return (await plan.count()) > 0 ? true : null;
  }, 60);
  await plan.first().getByRole('button').click();
  const drawer = page.getByRole('dialog');
  await drawer.getByText('另有 1 个在生效日之前开始计时，默认不调整。').waitFor();
  await drawer.getByRole('row').filter({hasText: older.number}).getByText('生效日前受理，默认不调整').waitFor();
  await tick(drawer.getByRole('checkbox', {name: '生效日之前受理的也适用（1 个）'}));
  await drawer.getByRole('button', {name: '按修订后的时限执行'}).click();
  await window.picture(page, 'plan-older');
  t.deepEqual(await findBarriers(page), []);
  await drawer.getByRole('button', {name: '批准重算'}).click();
  await page.locator('.ant-modal-confirm').getByText(/^批准后将调整 2 个时限/).waitFor();
  await answer(page.locator('.ant-modal-confirm-btns .ant-btn-primary'));
  await page.getByText('已调整 2 个').waitFor();
  await window.picture(page, 'plan-older-done');
  t.is(clockOf(await scene.view('shi.shouli', older.caseId), 'resolve').dueAt, at('2026-03-04', '19:30'));
  t.is(clockOf(await scene.view('shi.shouli', newer.caseId), 'resolve').dueAt, at('2026-03-05', '19:30'));
  await page.context().close();
  t.deepEqual(window.faults(), []);
});
