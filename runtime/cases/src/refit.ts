import type {CompiledBundle, LocalizedText} from '@banli/formats';
import type {Tx} from '@banli/store';
import {formatMoment} from '@banli/time';
import {industryOf, subjectOf} from './clock-moves.js';
import {columnsOf} from './columns.js';
import type {CaseDeps} from './deps.js';
import type {CaseRecord, LineInput} from './model.js';
import type {Actor, ClockRefit} from './ports.js';
import {factsOf} from './release-facts.js';
import type {Work} from './work.js';

/** What limits are looked up by, as a case names it. */
const limitFacts = [
  {column: 'matter', field: 'matter', zh: '事项', en: 'matter'},
  {column: 'urgency', field: 'urgency', zh: '紧急程度', en: 'urgency'},
  {column: 'areaCode', field: 'area', zh: '区域', en: 'area'},
] as const;

/**
 * Whether a command changes what limits are looked up by, in words; `null` when it does not, or when no clock of the bundle looks any up. Reads titles, so it is asked before the transaction;
 * inside one, `catalogs` is `null` and codes stand for themselves.
 */
export async function limitChangeOf(deps: Pick<CaseDeps, 'people' | 'vault'> & {readonly catalogs: Pick<CaseDeps['catalogs'], 'rowTitle'> | null}, {release, before, values, routing}: Work, at: number): Promise<LocalizedText | null> {
  if (!release.bundle.limits.clocks.some(({limit}) => 'kind' in limit)) return null;
  const after = columnsOf(release, deps, {...before, values, routing}, before);
  const zh: string[] = [];
  const en: string[] = [];
  const industry = {field: 'industry', zh: '行业', en: 'industry', was: industryOf(release, before.values), is: industryOf(release, values)} as const;
  for (const fact of [...limitFacts.map(each => ({...each, was: before[each.column], is: after[each.column]})), industry]) {
    const {was, is} = fact;
    if (was === is) continue;
    const [from, to] = [await titleOf(deps, release, fact.field, was, at), await titleOf(deps, release, fact.field, is, at)];
    zh.push(`${fact.zh}由“${from['zh-CN']}”改为“${to['zh-CN']}”`);
    en.push(`${fact.en} changed from “${from.en ?? from['zh-CN']}” to “${to.en ?? to['zh-CN']}”`);
  }
  return zh.length === 0 ? null : {'zh-CN': zh.join('，'), en: en.join(', ')};
}

async function titleOf({catalogs}: {readonly catalogs: Pick<CaseDeps['catalogs'], 'rowTitle'> | null}, release: CompiledBundle, field: 'matter' | 'urgency' | 'area' | 'industry', value: string | null, at: number): Promise<LocalizedText> {
  if (value === null || value === '') return {'zh-CN': '未定', en: 'none'};
  const name = release.bundle.manifest.caseFields[field];
  const catalog = name === undefined ? undefined : factsOf(release).fields.get(name)?.['x-banli']?.catalog?.id;
  return (catalog === undefined || !catalogs ? null : await catalogs.rowTitle(catalog, value, at)) ?? {'zh-CN': value};
}

/** Puts the clocks of a case on the limits of what it is now, in the command's transaction, with a line of the audit log. @returns The line of the timeline; none when no clock is concerned. */
export async function refitClocks(deps: CaseDeps, tx: Tx, change: {readonly release: CompiledBundle; readonly record: CaseRecord; readonly actor: Actor; readonly at: number; readonly why: LocalizedText}): Promise<readonly LineInput[]> {
  const {release, record, actor, at, why} = change;
  const refits = await deps.clocks.refit(tx, subjectOf(release, deps.people, record), {at, why});
  if (refits.length === 0) return [];
  const clocks = refits.map(({clockId: id, clock, before, after, why: {'zh-CN': text}}) => ({id, clock, before, after, why: text}));
  await deps.audit.record(tx, {actor, action: 'case.refitClocks', subject: record.id, result: 'done', at, data: {clocks}});
  return [{
    kind: 'clock.refitted',
    text: {'zh-CN': `时限重定：${refits.map(refit => wordsOf(refit, 'zh-CN')).join('；')}`, en: `Limits looked up again: ${refits.map(refit => wordsOf(refit, 'en')).join('; ')}`},
    personId: actor.personId,
    personName: actor.personName,
    unitId: actor.unitId === '' ? null : actor.unitId,
    data: {clocks},
  }];
}

function wordsOf({title, before, after, why}: ClockRefit, language: 'zh-CN' | 'en'): string {
  const due = (moment: number | null) => (moment === null ? {'zh-CN': '未定', en: 'open'}[language] : formatMoment(moment));
  const moved = before === after ? due(after) : `${due(before)} → ${due(after)}`;
  const reason = why[language] ?? why['zh-CN'];
  return `${title[language] ?? title['zh-CN']} ${moved}${language === 'en' ? ` (${reason})` : `（${reason}）`}`;
}
