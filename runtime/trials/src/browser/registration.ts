import type {Page} from 'playwright-core';
import {choose, tick} from './hands.js';

/** What a test says of the call it types; the rest is the same stall in the way before the same gate. */
export interface TypedCall {
  readonly title: string;
  /** Words that find the area, and stand in its name. */
  readonly area?: string;
  readonly place?: string;
  /** Boxes to tick besides 直接派单. */
  readonly ticks?: readonly string[];
  /** Words that have to stand on the page once the matter is chosen. */
  readonly seen?: readonly string[];
}

/** Types a call into the form of registration, ready to be sent. */
export async function typeCall(page: Page, {title, area = '解放南路', place = '解放南路小区东门', ticks = [], seen = []}: TypedCall): Promise<void> {
  await page.getByRole('link', {name: '登记'}).first().click();
  await page.getByLabel('姓名').fill('李明远');
  await page.getByLabel('联系电话').fill('13899990001');
  await choose(page, '诉求性质', '', '投诉');
  await page.getByLabel('标题').fill(title);
  await page.getByLabel('诉求内容').last().fill('解放南路小区东门每天早晨有流动摊贩占道经营，行人和车辆无法正常通行。');
  await choose(page, '所属区域', area, area);
  await page.getByLabel('详细地点').fill(place);
  await choose(page, '事项分类', '占道', '占道经营');
  for (const text of seen) await page.getByText(text).first().waitFor();
  for (const box of ['直接派单', ...ticks]) await tick(page.getByLabel(box));
}

/** Sends what was typed and waits until it is registered. */
export async function sendCall(page: Page): Promise<void> {
  await page.getByRole('button', {name: '提交', exact: true}).click();
  await page.getByText('已登记 1 件').waitFor();
}
