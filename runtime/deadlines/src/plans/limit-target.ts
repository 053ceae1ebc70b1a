import type {LocalizedText} from '@banli/formats';
import {queryRow, type Tx} from '@banli/store';
import type {ClockRow, LimitAsked} from '../model.js';
import {limitFacts, putOnLimit} from '../put-on-limit.js';
import {changesOf, changeWords} from './limit-words.js';
import type {ClockPlan, LimitLookup, PlanDeps, RowLimit} from './model.js';

/** What a version of limits or matters makes of a clock: the clock under its new limit, or that no row fits it any more. */
export interface LimitTarget {
  readonly row: ClockRow;
  /** The clock began before the version held, and the plan does not take those along. */
  readonly older: boolean;
  readonly gone: boolean;
  /** Its warning, ladder or receivers are others: it moves, even where its due time stays. */
  readonly toldOtherwise: boolean;
  readonly why: LocalizedText;
}

/**
 * Looks the limits of clocks up again by what they were asked for, in the version of a plan: a more specific row that is new is found, and so is one of a matter that moved to another
 * group or industry. A version of limits is asked with the matters of the clock's day, one of matters with the clock's own limits, so that nothing moves but by the plan.
 *
 * @returns The target of a clock; `null` when the version says nothing new of it.
 */
export function limitTargets(deps: PlanDeps, plan: ClockPlan, now: number, tx: Tx): (row: ClockRow) => Promise<LimitTarget | null> {
  const held = heldVersions(deps, plan, now, tx);
  const matters = memo(async () => deps.catalogs.versionsOf('matters', tx));
  const limitBy = limitsOnce(deps, tx);
  const titles = memo(async (version: string) => (await deps.catalogs.receiverTitles?.(version, tx)) ?? new Map<string, LocalizedText>());
  const asked = memo((key: string) => askedOf(tx, key));
  const byMatters = plan.catalogId === 'matters';
  const versionsFor = async ({facts}: ClockRow, begun: number): Promise<Pick<LimitLookup, 'limitsVersion' | 'mattersVersion'> | null> => {
    if (byMatters) return {limitsVersion: facts.origin.version, mattersVersion: plan.version};
    const limitsVersion = await held(facts.areaCode);
    if (limitsVersion === null || limitsVersion === facts.origin.version) return null;
    return {limitsVersion, mattersVersion: (await matters('')).findLast(version => version.effectiveAt <= begun)?.version ?? null};
  };
  return async row => {
    const {facts} = row;
    if (facts.origin.catalog !== 'limits') return null;
    const begun = facts.limitAt ?? row.startedAt;
    const isBefore = begun < plan.effectiveAt;
    const older = isBefore && !plan.withOlder;
    const versions = await versionsFor(row, begun);
    const question = versions && (facts.asked ?? (await asked(`${row.caseId} ${facts.origin.row}`)));
    if (!versions || !question) return null;
    const limit = await limitBy({...versions, matterCode: question.matter, urgency: question.urgency, kind: question.kind, areaCode: facts.areaCode, ...(question.industry === undefined ? {} : {industryCode: question.industry})});
    if (!limit) return older ? null : {row, older, gone: true, toldOtherwise: false, why: goneWords(plan, facts.origin.text)};
    const next = putOnLimit(facts, {...limitFacts({...limit, version: versions.limitsVersion}), asked: question});
    const changes = changesOf(facts, next);
    if (changes.length === 0) return null;
    const why = changeWords(headOf(byMatters, byMatters ? plan.version : versions.limitsVersion), changes, {row, next, titles: {before: await titles(facts.origin.version), after: await titles(versions.limitsVersion)}});
    return {row: {...row, facts: isBefore ? {...next, limitAt: plan.effectiveAt} : next}, older, gone: false, toldOtherwise: changes.some(change => change !== 'limit'), why};
  };
}

/** Looks limits up, each once: most matters and areas differ in nothing that a limit depends on. */
function limitsOnce({catalogs}: PlanDeps, tx: Tx): (lookup: LimitLookup) => Promise<RowLimit | null> {
  const matter = memo(async (key: string) => {
    const [version = '', ...code] = key.split(' ');
    return catalogs.limitMatter ? catalogs.limitMatter(version === '' ? null : version, code.join(' '), tx) : key;
  });
  const level = memo(async (area: string) => (catalogs.limitLevel ? catalogs.limitLevel(area, tx) : area));
  const found = new Map<string, Promise<RowLimit | null>>();
  return async lookup => {
    const {limitsVersion, mattersVersion, matterCode, urgency, kind, areaCode, industryCode} = lookup;
    const group = matterCode === null ? '' : await matter(`${mattersVersion ?? ''} ${matterCode}`);
    if (group === null) return null;
    const key = JSON.stringify([limitsVersion, group, urgency === null ? matterCode : null, await level(areaCode), urgency, kind, industryCode]);
    const limit = found.get(key) ?? catalogs.limitBy(lookup, tx);
    found.set(key, limit);
    return limit;
  };
}

/** Of a unit's layer, only clocks where it holds; of the owner's version, only those where no unit has confirmed a layer of its own. */
function heldVersions(deps: PlanDeps, plan: ClockPlan, now: number, tx: Tx): (area: string) => Promise<string | null> | string | null {
  const ofLayer = memo(async () => ((await deps.catalogs.layersOf?.('limits', tx)) ?? []).some(layer => layer.name === plan.version));
  return memo(async area => {
    if (await ofLayer('')) return (await deps.catalogs.versionThrough?.('limits', plan.version, area, now, tx)) ?? null;
    return (await deps.catalogs.isLayered?.('limits', area, now, tx)) ? null : plan.version;
  });
}

/** What a clock begun before that was kept had been asked for: the case as it is, and the kind at the end of the row's key. */
async function askedOf(tx: Tx, key: string): Promise<LimitAsked | null> {
  const [caseId = '', ...rest] = key.split(' ');
  const kind = rest.join(' ').split('|').at(-1);
  const record = kind === 'respond' || kind === 'resolve' ? await queryRow(tx, 'select matter, urgency from case_record where id = ?', [caseId]) : undefined;
  if (!record || record['matter'] == null || record['urgency'] == null || (kind !== 'respond' && kind !== 'resolve')) return null;
  return {matter: String(record['matter']), urgency: String(record['urgency']), kind};
}

function headOf(byMatters: boolean, version: string): LocalizedText {
  return byMatters ? {'zh-CN': `事项目录 ${version}（分组或行业变更）`, en: `matters ${version} (another group or industry)`} : {'zh-CN': `时限目录 ${version}`, en: `limits ${version}`};
}

function goneWords({catalogId, version}: ClockPlan, text: LocalizedText): LocalizedText {
  const name = catalogId === 'matters' ? '事项目录' : '时限目录';
  return {'zh-CN': `${name} ${version}：原时限行已停用且没有适用的行，仍按${text['zh-CN']}`, en: `${catalogId} ${version}: the row is gone and no other fits: it stays at ${text.en ?? text['zh-CN']}`};
}

/** Asks each thing once; what is known already is answered at once, so that thousands of clocks need not each wait for it. */
export function memo<T>(ask: (key: string) => Promise<T>): (key: string) => Promise<T> | T {
  const known = new Map<string, {readonly answer: Promise<T> | T}>();
  return key => {
    const found = known.get(key);
    if (found) return found.answer;
    const asked = ask(key).then(answer => {
      known.set(key, {answer});
      return answer;
    });
    known.set(key, {answer: asked});
    return asked;
  };
}
