import type {LocalizedText} from '@banli/formats';
import {queryRow, type Tx} from '@banli/store';
import type {ClockFacts, ClockRow, LimitAsked} from '../model.js';
import {limitFacts, putOnLimit, type LimitFacts} from '../put-on-limit.js';
import {changesOf, changeWords, isAlike} from './limit-words.js';
import {goOn, memo, type Asking, type Soon} from './memo.js';
import type {ClockPlan, LimitLookup, PlanDeps} from './model.js';

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

/** What a clock is worked out for. */
export interface PlanAsking extends Asking {
  readonly plan: ClockPlan;
}

/**
 * Looks the limits of clocks up again by what they were asked for, in the version of a plan: a more specific row that is new is found, and so is one of a matter that moved to another
 * group or industry. A version of limits is asked with the matters of the clock's day, one of matters with the clock's own limits, so that nothing moves but by the plan.
 * It remembers what it looked up and is made for one plan.
 *
 * @returns The target of a clock; `null` when the version says nothing new of it.
 */
export function limitTargets(deps: PlanDeps): (row: ClockRow, asking: PlanAsking) => Soon<LimitTarget | null> {
  const versionsFor = versionsToAsk(deps);
  const limitBy = limitsOnce(deps);
  const compare = comparedOnce(deps);
  const asked = memo((key, {tx}) => askedOf(tx, key));
  return (row, asking) => {
    const {facts} = row;
    const {plan} = asking;
    if (facts.origin.catalog !== 'limits') return null;
    const begun = facts.limitAt ?? row.startedAt;
    const isBefore = begun < plan.effectiveAt;
    const older = isBefore && !plan.withOlder;
    return goOn(versionsFor(row, begun, asking), versions => {
      if (!versions) return null;
      return goOn(facts.asked ?? asked(`${row.caseId} ${facts.origin.row}`, asking), question => question && goOn(limitBy({versions, question, areaCode: facts.areaCode}, asking), limit => {
        if (!limit) return older ? null : {row, older, gone: true, toldOtherwise: false, why: goneWords(plan, facts.origin.text)};
        return goOn(compare(row, limit, asking), compared => {
          if (!compared) return null;
          const next = putOnLimit(facts, limit, question);
          return {row: {...row, facts: isBefore ? {...next, limitAt: plan.effectiveAt} : next}, older, gone: false, toldOtherwise: compared.toldOtherwise, why: compared.why};
        });
      }));
    });
  };
}

type Versions = Pick<LimitLookup, 'limitsVersion' | 'mattersVersion'>;

/** What a limit is looked up by, as clocks have it at hand. */
interface Question {
  readonly versions: Versions;
  readonly question: LimitAsked;
  readonly areaCode: string;
}

function lookupOf({versions, question: {matter, urgency, kind, industry}, areaCode}: Question): LimitLookup {
  return {...versions, matterCode: matter, urgency, kind, areaCode, ...(industry === undefined ? {} : {industryCode: industry})};
}

function versionsToAsk(deps: PlanDeps): (row: ClockRow, begun: number, asking: PlanAsking) => Soon<Versions | null> {
  const held = heldVersions(deps);
  const matters = memo((_key, {tx}) => deps.catalogs.versionsOf('matters', tx));
  return ({facts}, begun, asking) => {
    if (asking.plan.catalogId === 'matters') return {limitsVersion: facts.origin.version, mattersVersion: asking.plan.version};
    return goOn(held(facts.areaCode, asking), limitsVersion => {
      if (limitsVersion === null || limitsVersion === facts.origin.version) return null;
      return goOn(matters('', asking), versions => ({limitsVersion, mattersVersion: versions.findLast(version => version.effectiveAt <= begun)?.version ?? null}));
    });
  };
}

/** Looks limits up, each once: most matters and areas differ in nothing that a limit depends on. The same limit is the same object. */
function limitsOnce({catalogs}: PlanDeps): (question: Question, asking: Asking) => Soon<LimitFacts | null> {
  const groupOf = memo(async (key, {tx}) => {
    const [version = '', ...code] = key.split(' ');
    return catalogs.limitMatter ? catalogs.limitMatter(version === '' ? null : version, code.join(' '), tx) : key;
  });
  const levelOf = memo(async (area, {tx}) => (catalogs.limitLevel ? catalogs.limitLevel(area, tx) : area));
  const found = new Map<string, ReturnType<typeof memo<LimitFacts | null>>>();
  return (asked, asking) => {
    const {versions: {limitsVersion, mattersVersion}, question: {matter, urgency, kind, industry = ''}, areaCode} = asked;
    return goOn(matter === null ? '' : groupOf(`${mattersVersion ?? ''} ${matter}`, asking), group => group === null ? null : goOn(levelOf(areaCode, asking), level => {
      const key = `${limitsVersion}\0${group}\0${urgency === null ? matter : null}\0${level}\0${urgency}\0${kind}\0${industry}`;
      const known = found.get(key) ?? memo(async (_key, {tx}) => {
        const limit = await catalogs.limitBy(lookupOf(asked), tx);
        return limit && limitFacts({...limit, version: limitsVersion});
      });
      found.set(key, known);
      return known('', asking);
    }));
  };
}

/** What coming under a limit means for clocks that stand on the same; `null` where nothing is another. */
interface Compared {
  readonly before: LimitFacts;
  readonly hasWarned: boolean;
  readonly told: Pick<LimitTarget, 'toldOtherwise' | 'why'> | null;
}

/** Compares what a clock stands on with a limit, and puts it into words, once for all clocks that stand on the same. */
function comparedOnce({catalogs}: PlanDeps): (row: ClockRow, limit: LimitFacts, asking: PlanAsking) => Soon<Compared['told']> {
  const titlesOf = memo(async (version, {tx}) => (await catalogs.receiverTitles?.(version, tx)) ?? new Map<string, LocalizedText>());
  const known = new WeakMap<LimitFacts, Map<string, Compared[]>>();
  return ({facts, dueAt, warnedDueAt}, limit, asking) => {
    const hasWarned = warnedDueAt !== null && warnedDueAt === dueAt;
    const {origin: {version, row}} = facts;
    const rows = known.get(limit) ?? new Map<string, Compared[]>();
    known.set(limit, rows);
    const alike = rows.get(`${version} ${row}`) ?? [];
    rows.set(`${version} ${row}`, alike);
    const found = alike.find(candidate => candidate.hasWarned === hasWarned && isAlike(candidate.before, facts));
    if (found) return found.told;
    return goOn(titlesOf(version, asking), before => goOn(titlesOf(limit.origin.version, asking), after => {
      const changes = changesOf(facts, limit);
      const why = () => changeWords(headOf(asking.plan, limit.origin.version), changes, {before: facts, after: limit, hasWarned, titles: {before, after}});
      const told = changes.length === 0 ? null : {toldOtherwise: changes.some(change => change !== 'limit'), why: why()};
      alike.push({before: facts, hasWarned, told});
      return told;
    }));
  };
}

/** Of a unit's layer, only clocks where it holds; of the owner's version, only those where no unit has confirmed a layer of its own. */
function heldVersions(deps: PlanDeps): (area: string, asking: PlanAsking) => Soon<string | null> {
  const isLayer = memo(async (version, {tx}) => ((await deps.catalogs.layersOf?.('limits', tx)) ?? []).some(layer => layer.name === version));
  const through = memo(async (key, {tx, now}) => {
    const [area = '', ...version] = key.split(' ');
    return (await deps.catalogs.versionThrough?.('limits', version.join(' '), area, now, tx)) ?? null;
  });
  const isLayered = memo(async (area, {tx, now}) => (await deps.catalogs.isLayered?.('limits', area, now, tx)) ?? false);
  return (area, asking) => {
    const {version} = asking.plan;
    return goOn(isLayer(version, asking), isOfLayer => isOfLayer ? through(`${area} ${version}`, asking) : goOn(isLayered(area, asking), hasOwn => (hasOwn ? null : version)));
  };
}

/** What a clock begun before that was kept had been asked for: the case as it is, and the kind at the end of the row's key. */
async function askedOf(tx: Tx, key: string): Promise<LimitAsked | null> {
  const [caseId = '', ...rest] = key.split(' ');
  const kind = rest.join(' ').split('|').at(-1);
  const record = kind === 'respond' || kind === 'resolve' ? await queryRow(tx, 'select matter, urgency from case_record where id = ?', [caseId]) : undefined;
  if (!record || record['matter'] == null || record['urgency'] == null || (kind !== 'respond' && kind !== 'resolve')) return null;
  return {matter: String(record['matter']), urgency: String(record['urgency']), kind};
}

function headOf(plan: ClockPlan, limits: string): LocalizedText {
  if (plan.catalogId === 'matters') return {'zh-CN': `事项目录 ${plan.version}（分组或行业变更）`, en: `matters ${plan.version} (another group or industry)`};
  return {'zh-CN': `时限目录 ${limits}`, en: `limits ${limits}`};
}

function goneWords({catalogId, version}: ClockPlan, text: LocalizedText): LocalizedText {
  const name = catalogId === 'matters' ? '事项目录' : '时限目录';
  return {'zh-CN': `${name} ${version}：原时限行已停用且没有适用的行，仍按${text['zh-CN']}`, en: `${catalogId} ${version}: the row is gone and no other fits: it stays at ${text.en ?? text['zh-CN']}`};
}
