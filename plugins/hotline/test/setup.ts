import type {CatalogReader, DispatchProposal, UnitReader, WorkerCase} from '@banli/sdk/server';
import {sampleCase} from '@banli/testing';

const names: Readonly<Record<string, string>> = {centre: '乌鲁木齐市12345热线中心', chengguan: '天山区城市管理局', shijian: '沙依巴克区市场监督管理局', street: '解放南路街道办事处'};

/** Four units by id. */
export const units: UnitReader = {
  unit: id => (names[id] === undefined ? null : {id, name: names[id], ...(id === 'chengguan' ? {titleEn: 'Tianshan District Urban Management Bureau'} : {}), areaCode: '650102', parentId: null}),
};

/** A catalog that answers with this proposal, and notes what it was asked. */
export function catalogs(proposal: Partial<DispatchProposal> | Error = {}): CatalogReader & {readonly asked: unknown[]} {
  const asked: unknown[] = [];
  return {
    asked,
    rows: async () => [],
    title: async (_catalog, key) => `事项${key}`,
    dispatch: async request => {
      asked.push(request);
      if (proposal instanceof Error) throw proposal;
      return {leadUnit: 'chengguan', candidates: ['chengguan'], assistUnits: ['street'], limits: {respond: null, resolve: null}, row: '020101/650102', version: '2026.1.0', reason: {'zh-CN': '占道经营由城管负责'}, attributes: [], confidence: 'certain', ...proposal};
    },
  };
}

/** An order with values. */
export function order(values: Readonly<Record<string, unknown>>, more: Partial<WorkerCase> = {}): WorkerCase {
  return sampleCase({values: {title: '占道经营', content: '摊贩占道', matter: '020101', name: '李明远', ...values}, ...more});
}
