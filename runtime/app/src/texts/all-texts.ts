import {adminEn} from './admin-en.js';
import {adminZh} from './admin-zh-cn.js';
import {automaticEn} from './automatic-en.js';
import {automaticZh} from './automatic-zh-cn.js';
import {boardEn} from './board-en.js';
import {boardZh} from './board-zh-cn.js';
import {calendarEn} from './calendar-en.js';
import {calendarZh} from './calendar-zh-cn.js';
import {catalogEn} from './catalogs-en.js';
import {catalogZh} from './catalogs-zh-cn.js';
import {appEn} from './en.js';
import {fieldEn} from './fields-en.js';
import {fieldZh} from './fields-zh-cn.js';
import {guidanceEn} from './guidance-en.js';
import {guidanceZh} from './guidance-zh-cn.js';
import {issueEn} from './issue-en.js';
import {issueZh} from './issue-zh-cn.js';
import {listEn} from './lists-en.js';
import {listZh} from './lists-zh-cn.js';
import {makingEn} from './making-en.js';
import {makingZh} from './making-zh-cn.js';
import {progressEn} from './progress-en.js';
import {progressZh} from './progress-zh-cn.js';
import {subscriptionEn} from './subscription-en.js';
import {subscriptionZh} from './subscription-zh-cn.js';
import {tokenEn} from './tokens-en.js';
import {tokenZh} from './tokens-zh-cn.js';
import {toolEn} from './tools-en.js';
import {toolZh} from './tools-zh-cn.js';
import {appZh} from './zh-cn.js';

/** Every text of the workbench by its room, in both languages. */
export const allTexts = {
  admin: {zh: adminZh, en: adminEn},
  app: {zh: appZh, en: appEn},
  automatic: {zh: automaticZh, en: automaticEn},
  board: {zh: boardZh, en: boardEn},
  calendar: {zh: calendarZh, en: calendarEn},
  catalogs: {zh: catalogZh, en: catalogEn},
  fields: {zh: fieldZh, en: fieldEn},
  guidance: {zh: guidanceZh, en: guidanceEn},
  issue: {zh: issueZh, en: issueEn},
  lists: {zh: listZh, en: listEn},
  making: {zh: makingZh, en: makingEn},
  progress: {zh: progressZh, en: progressEn},
  subscription: {zh: subscriptionZh, en: subscriptionEn},
  tokens: {zh: tokenZh, en: tokenEn},
  tools: {zh: toolZh, en: toolEn},
} as const;
