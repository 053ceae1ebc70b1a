import type {Problem} from '@banli/errors';
import {belowRule, boundRule} from './bounds.js';
import {creationRule} from './creation.js';
import type {Draft, DraftRule} from './draft.js';
import {dutyRule} from './duties.js';
import {elementRule, hiddenElementRule} from './elements.js';
import {columnRule, fieldRule} from './fields.js';
import {handlingRule} from './handling.js';
import {inUseRule} from './in-use.js';
import {leafInUseRule, leafRule, parentRule} from './leaves.js';
import {receiverRule} from './receivers.js';
import {rowRules} from './rows.js';
import {settingsRule} from './settings.js';

const rules: readonly DraftRule[] = [settingsRule, creationRule, fieldRule, boundRule, belowRule, rowRules, columnRule, leafRule, leafInUseRule, parentRule, inUseRule, dutyRule, elementRule, hiddenElementRule, handlingRule, receiverRule];

/** Those of them that do not ask what a change set may say: what is published without a review is held against them, too. */
const folderRules: readonly DraftRule[] = [settingsRule, belowRule, inUseRule];

/** Every problem of a draft that the rules of its life find; publishing checks text, keys and references besides. */
export function checkRules(draft: Draft): Promise<readonly Problem[]> {
  return problemsOf(rules, draft);
}

/** The problems of a catalog from files that is published without a review. */
export function checkFolderRules(draft: Draft): Promise<readonly Problem[]> {
  return problemsOf(folderRules, draft);
}

async function problemsOf(asked: readonly DraftRule[], draft: Draft): Promise<readonly Problem[]> {
  const problems: Problem[] = [];
  for (const rule of asked) problems.push(...(await rule(draft)));
  return problems;
}
