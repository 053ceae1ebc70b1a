import {join} from 'node:path';
import test from 'ava';
import type {Locator, Page} from 'playwright-core';
import {resize} from '../src/browser/browser.js';
import {choose, openFromInbox, settled, until} from '../src/browser/hands.js';
import {photograph} from '../src/browser/photograph.js';
import {sendCall, typeCall} from '../src/browser/registration.js';
import {at} from '../src/main-job/words.js';
import {useStage} from './support/stage.js';
import {useWindow} from './support/window.js';

const stage = useStage(at('2026-03-02', '10:30'));
const browser = useWindow(stage);

/** A picture of a part of the page on a phone. */
async function onPhone(page: Page, part: Locator, name: string): Promise<void> {
  await resize(page, 'phone');
  await part.scrollIntoViewIfNeeded();
  await photograph(page, join((await browser()).folder, `${name}.png`));
  await resize(page, 'laptop');
}

test.serial('words that were typed hint, one click takes a hint over, and the unit sees nothing of it', async t => {
  t.timeout(300_000);
  const scene = stage();
  const window = await browser();
  const page = await window.open('shi.shouli');
  await typeCall(page, {title: '早市占道，油桶着火冒烟'});
  const hints = page.getByRole('status').filter({hasText: '词语提示'});
  const fire = hints.getByRole('listitem').filter({hasText: '着火'});
  await fire.getByText('高风险').waitFor();
  await window.picture(page, 'word-hints');
  await fire.getByRole('button').click();
  await fire.getByText(/已采纳/).waitFor();
  t.true(await settled(true, () => page.getByLabel('敏感', {exact: true}).isChecked()));
  await hints.getByRole('button', {name: '记为热点诉求“占道经营”'}).click();
  await window.picture(page, 'word-hints-taken');
  await onPhone(page, hints, 'word-hints-phone-rail');
  await sendCall(page);
  const rows = await scene.store.knex('case_word_hint').orderBy('row_key').select('case_id', 'row_key', 'taken');
  t.deepEqual(rows.map(row => [row.row_key, Boolean(row.taken)]), [['占道经营|020101', true], ['着火|order', true]]);
  const caseId = String(rows[0]?.case_id);
  const centre = await scene.view('shi.shouli', caseId);
  t.is(centre.form.values['wordHints'], '“着火”（公共安全，高风险）：已采纳\n“占道经营”（占道经营）：已采纳');
  await page.goto(`${scene.instance.url()}/cases/${caseId}`);
  await page.getByRole('button', {name: 'English'}).click();
  await page.getByText('“占道经营” (Stalls on streets): taken over').first().waitFor();
  await window.picture(page, 'word-hints-english');
  await scene.finish('shi.paidan', caseId, 'dispatchCase', 'dispatch', {mode: 'single', leadUnit: 'u650102-chengguan', assistUnits: []});
  await scene.finish('ts.chengguan', caseId, 'signCase', 'sign');
  const unit = await scene.view('ts.chengguan', caseId);
  for (const field of ['sensitive', 'hotClass', 'acceptReason', 'natureReason', 'wordHints']) t.is(unit.form.values[field], undefined, field);
  t.false(JSON.stringify(unit).includes('已采纳'));
  await page.context().close();
});

test.serial('wording that puts a citizen off is told beneath the text, and hinders nothing', async t => {
  t.timeout(300_000);
  const window = await browser();
  const page = await window.open('ts.chengguan');
  await openFromInbox(page, '早市占道，油桶着火冒烟', '办理');
  await page.getByLabel('办理结果').first().fill('摊点可能大概已经清理，后续这不归我管。');
  const told = page.getByText(/^用语提示/);
  await told.waitFor();
  const both = /“这不归我管”属于推诿用语；“可能大概”属于答复不确定/;
  t.regex(await until(text => both.test(text), async () => (await told.textContent()) ?? ''), both);
  await window.picture(page, 'reply-words');
  await page.context().close();
});

test.serial('what the hotline does not accept is told with basis and guidance; it is answered at once, or accepted with a reason', async t => {
  t.timeout(300_000);
  const scene = stage();
  const window = await browser();
  const page = await window.open('shi.shouli');
  await typeCall(page, {title: '不服法院判决要求改判'});
  const notice = page.getByRole('status').filter({hasText: '不予受理'});
  await notice.getByText(/依据：国办发〔2020〕53号/).waitFor();
  await window.picture(page, 'not-accepted');
  await onPhone(page, notice, 'not-accepted-phone-rail');
  await page.getByRole('button', {name: '提交', exact: true}).click();
  await page.getByText(/请改为当场答复或咨询，确需受理的请填写理由/).first().waitFor();
  await window.picture(page, 'not-accepted-refused');
  await notice.getByRole('button', {name: '仍予受理，填写理由'}).click();
  await page.getByLabel('仍予受理的理由').fill('判决之外另反映摊点占道，先行受理。');
  await notice.getByText('已填写仍予受理的理由').waitFor();
  await sendCall(page);
  const entry = await scene.store.knex('audit_entry').where({action: 'case.start'}).orderBy('at', 'desc').first();
  t.regex(JSON.stringify(entry), /na-litigation/);
  await page.context().close();
});

test.serial('a nature that hardly fits the matter is told while it is chosen; it is changed with one click, or confirmed with a reason', async t => {
  t.timeout(300_000);
  const scene = stage();
  const window = await browser();
  const page = await window.open('shi.shouli');
  await typeCall(page, {title: '想问摊点多久清理一次'});
  await choose(page, '诉求性质', '咨询', '咨询');
  const notice = page.getByRole('status').filter({hasText: '诉求性质与事项不符'});
  await notice.getByText(/请确认诉求人只是了解情况/).waitFor();
  await window.picture(page, 'nature-doubted');
  await onPhone(page, notice, 'nature-doubted-phone-rail');
  await page.getByRole('button', {name: '提交', exact: true}).click();
  await page.getByText(/请填写性质确认理由/).first().waitFor();
  await window.picture(page, 'nature-doubted-refused');
  await notice.getByRole('button', {name: '性质改为“投诉”'}).click();
  await notice.waitFor({state: 'detached'});
  await choose(page, '诉求性质', '咨询', '咨询');
  await notice.getByRole('button', {name: '确认无误，填写理由'}).click();
  await page.getByLabel('性质确认理由').fill('已与诉求人核实，只是了解情况');
  await notice.getByText('已填写性质确认理由').waitFor();
  await sendCall(page);
  const entry = await scene.store.knex('audit_entry').where({action: 'case.start'}).orderBy('at', 'desc').first();
  t.regex(JSON.stringify(entry), /natureConflict/);
  await page.context().close();
});

test.serial('an enterprise is picked from the list and fills the form; its industry decides the limit; a wrong code is refused at its field', async t => {
  t.timeout(300_000);
  const scene = stage();
  const window = await browser();
  const page = await window.open('shi.shouli');
  await typeCall(page, {title: '餐饮店排烟受影响'});
  await choose(page, '服务对象', '企业', '企业');
  await page.getByLabel('企业库').fill('ysl');
  await page.locator('.ant-select-dropdown:visible').getByText('云杉里面粉有限公司').first().click();
  t.is(await settled('云杉里面粉有限公司', () => page.getByLabel('企业名称').inputValue()), '云杉里面粉有限公司');
  t.is(await settled('91000000MADEM00011', () => page.getByLabel('统一社会信用代码').inputValue()), '91000000MADEM00011');
  await window.picture(page, 'enterprise');
  await onPhone(page, page.getByLabel('统一社会信用代码'), 'enterprise-phone-form');
  await page.getByLabel('统一社会信用代码').fill('91000000MADEM00012');
  await page.getByRole('button', {name: '提交', exact: true}).click();
  await page.getByText('校验位须相符').first().waitFor();
  await window.picture(page, 'enterprise-wrong-code');
  await page.getByLabel('统一社会信用代码').fill('91000000MADEM00011');
  await sendCall(page);
  const row = await scene.store.knex('case_record').where({title: '餐饮店排烟受影响'}).first();
  const {values} = (await scene.view('shi.shouli', String(row.id))).form;
  t.like(values, {serviceObject: 'enterprise', enterprise: 'qy-0001', enterpriseName: '云杉里面粉有限公司', enterpriseArea: '650102', enterpriseIndustry: '13'});
  await page.context().close();
});
