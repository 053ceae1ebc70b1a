import {createTextHook} from '@banli/ui';
import type {IssueKey} from './issue-zh-cn.js';

/** Texts of the board of issued catalogs. */
export const useIssueText = createTextHook<IssueKey>('issue');
