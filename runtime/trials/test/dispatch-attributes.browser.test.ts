import test from 'ava';
import {choose} from '../src/browser/hands.js';
import {at} from '../src/main-job/words.js';
import {useStage} from './support/stage.js';
import {useWindow} from './support/window.js';

const stage = useStage(at('2026-03-02', '10:30'));
const browser = useWindow(stage);

test.serial('whoever registers sees the proposal change with the service object, and why', async t => {
  t.timeout(240_000);
  const window = await browser();
  const page = await window.open('shi.shouli');
  await page.getByRole('link', {name: '登记'}).first().click();
  await choose(page, '所属区域', '沙依巴克', '沙依巴克区');
  await choose(page, '事项分类', '家具家电', '家具家电质量投诉');
  const rail = page.getByRole('complementary', {name: '派单建议与重复提示'});
  await rail.getByText('沙依巴克区市场监督管理局').first().waitFor();
  t.is(await rail.getByText('适用条件').count(), 0);
  await choose(page, '服务对象', '企业', '企业');
  await rail.getByText('服务对象为企业', {exact: true}).waitFor();
  await rail.getByText(/因服务对象为企业，企业采购商品/).waitFor();
  await rail.getByText('沙依巴克区分中心').first().waitFor();
  await window.picture(page, 'proposal-attribute');
  await page.context().close();
  t.deepEqual(window.faults(), []);
});

test.serial('a matter of another application says so beside the form', async t => {
  t.timeout(240_000);
  const window = await browser();
  const page = await window.open('shi.shouli');
  // An application that this post may not start, as far as the browser can tell.
  const other = {processId: 'twin', processTitle: {'zh-CN': '企业诉求工单', en: 'Orders of enterprises'}, formId: 'case', formTitle: null, row: '02', version: '2026.3.2'};
  await page.route('**/api/catalogs/proposal?**', async route => {
    const answer = await route.fetch();
    await route.fulfill({response: answer, json: {...((await answer.json()) as object), handling: other}});
  });
  await page.goto(`${stage().instance.url()}/register/hotline`);
  await choose(page, '所属区域', '解放南路', '解放南路');
  await choose(page, '事项分类', '占道', '占道经营');
  await page.getByText('该事项应在“企业诉求工单”中办理').waitFor();
  await page.getByText('当前岗位不能登记“企业诉求工单”，请转交有权限的人员，或另选事项。').waitFor();
  await window.picture(page, 'other-process');
  await page.context().close();
  t.deepEqual(window.faults(), []);
});

test.serial('whoever reads English reads the proposal of the case in English: reason, row and limits', async t => {
  t.timeout(240_000);
  const window = await browser();
  const scene = stage();
  const {caseId} = await scene.registerOne();
  await scene.open('shi.paidan', caseId, 'dispatchCase');
  const page = await window.open('shi.paidan');
  await page.goto(`${scene.instance.url()}/cases/${caseId}`);
  await page.getByText('建议理由', {exact: true}).waitFor();
  await page.getByRole('button', {name: 'English'}).click();
  for (const name of ['proposalReason', 'proposalRow', 'respondLimit', 'resolveLimit']) {
    const field = page.locator(`[data-field=${name}] .banli-read`).first();
    await field.waitFor();
    // The source of a limit stays as it stands in the catalog.
    t.notRegex((await field.innerText()).replace(/\(own rule: .*\)$/, ''), /\p{Script=Han}/u, name);
  }
  t.is(await page.locator('[data-field=proposalReasonEn]').count(), 0);
  await page.getByText('Reason', {exact: true}).first().scrollIntoViewIfNeeded();
  await window.picture(page, 'proposal-english');
  await page.context().close();
  t.deepEqual(window.faults(), []);
});
