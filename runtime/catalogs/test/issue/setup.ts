import {createCatalogIssues, createCatalogLife, createLayerUses, type CatalogSource, type Issue, type IssueUnit, type LifeActor, type LifePermission} from '../../src/index.js';
import {changedSample, sampleService} from '../sample-service.js';

const units: readonly IssueUnit[] = [
  unit('u650000-centre', '自治区中心', 1, '650000', null),
  unit('u650100-centre', '乌鲁木齐市中心', 2, '650100', 'u650000-centre'),
  unit('u650100-wenlv', '市文旅局', 2, '650100', 'u650100-centre'),
  unit('u650102-centre', '天山区中心', 3, '650102', 'u650100-centre'),
  unit('u650102-chengguan', '天山区城管局', 3, '650102', 'u650102-centre'),
  unit('u650102-zhujian', '天山区住建局', 3, '650102', 'u650102-centre'),
  unit('u650103-centre', '沙区中心', 3, '650103', 'u650100-centre'),
  unit('u650103-shijian', '沙区市场监管局', 3, '650103', 'u650103-centre'),
  unit('u650102004', '解放南路街道', 4, '650102004', 'u650102-centre'),
  unit('u650102004003', '山西巷社区', 5, '650102004003', 'u650102004'),
];

function unit(id: string, name: string, level: number, areaCode: string, parentId: string | null): IssueUnit {
  return {id, name, level, areaCode, parentId, path: [], active: true};
}

function withPath(found: IssueUnit): IssueUnit {
  const path = [found.id];
  for (let above = found.parentId; above !== null; above = units.find(each => each.id === above)?.parentId ?? null) path.unshift(above);
  return {...found, path};
}

const known = new Map(units.map(each => [each.id, withPath(each)]));

export const region = person('p-region', 'u650000-centre');
export const city = person('p-city', 'u650100-centre');
export const county = person('p-county', 'u650102-centre');
export const town = person('p-town', 'u650102004');
export const village = person('p-village', 'u650102004003');

function person(personId: string, unitId: string): LifeActor {
  return {personId, personName: personId, unitId, roles: [], requestId: 'r', address: ''};
}

/** The sample catalogs with issuing over five levels: everybody has every right over his unit and those below it. */
export async function issueWorld(options: {readonly fourEyes?: boolean; readonly isCovered?: boolean} = {}) {
  const {isCovered, ...rest} = options;
  const parts = await sampleService();
  const audit: Array<{action: string; subject: string; personId: string}> = [];
  const denied = new Set<LifePermission>();
  const deps = {
    store: parts.store, clock: parts.clock,
    audit: {record: async (tx: Parameters<Parameters<typeof parts.store.tx>[0]>[0], entry: {readonly action: string; readonly subject: string; readonly actor: LifeActor}) => {
      tx.onCommit(() => void audit.push({action: entry.action, subject: entry.subject, personId: entry.actor.personId}));
    }},
    rights: {may: (actor: LifeActor, permission: LifePermission, unitId: string) => !denied.has(permission) && (known.get(unitId)?.path.includes(actor.unitId) ?? false)},
    references: {uses: async () => [], ...createLayerUses(parts.store)},
    onPublished: async () => {
      await parts.service.close();
      await parts.service.start();
    },
  };
  const issues = createCatalogIssues({...deps, ...rest, ...(isCovered ? {layerCoverage: (at: number, layer: Parameters<typeof parts.service.reports.layerChange>[1]) => parts.service.reports.layerChange(at, layer)} : {}), units: {unit: id => known.get(id) ?? null, units: () => [...known.values()]}});
  const send = async (actor: LifeActor, to: string, catalogId = 'limits'): Promise<Issue> => {
    const [issue] = await issues.send(actor, {catalogId, fromUnitId: actor.unitId, toUnitIds: [to]});
    if (!issue) throw new Error('Nothing was issued.');
    return issue;
  };
  /** Issues and verifies. */
  const given = async (from: LifeActor, to: LifeActor, catalogId = 'limits'): Promise<Issue> => issues.verify(to, ref(await send(from, to.unitId, catalogId)));
  /** A colleague of whoever wrote confirms. */
  const confirm = (actor: LifeActor, issue: Issue, effectiveFrom = '2026-03-02'): Promise<Issue> => issues.confirm(colleague(actor), {...ref(issue), effectiveFrom, acceptWarnings: true});
  /** Publishes the next version of a catalog with its main table changed. */
  const publish = async (catalogId: string, version: string, change: (csv: string) => string): Promise<void> => {
    const source: CatalogSource = await changedSample(catalogId, version, change);
    await parts.service.publish([source], 'tests');
  };
  return {...parts, life: createCatalogLife(deps), issues, audit, denied, send, given, confirm, publish};
}

/** Somebody else at the same unit. */
export function colleague(actor: LifeActor): LifeActor {
  return {...actor, personId: `${actor.personId}-2`, personName: `${actor.personName}-2`};
}

/** What a command wants to know of an issue. */
export function ref(issue: Issue): {issueId: string; lockVersion: number} {
  return {issueId: issue.id, lockVersion: issue.lockVersion};
}

/** The row that most tests override: 3 working days for what is normal in the city's affairs. */
export const normal = 'city|normal|resolve';

/** A shorter limit for it. */
export const shorter = {table: 'limits', key: normal, cells: {value: '2', sourceRef: 'own: 市级文件'}};
