import {createKeys, createVault} from '@banli/store';
import {openTestStore} from '@banli/store/testing';
import {createTestClock} from '@banli/time';
import {createAccounts, createIdentities, createLogin, createLoginGuard, createPeople, createSessions, importOrganisation, type Organisation, type PeopleAudit} from '../src/index.js';

/** A small organisation: one person with two posts, one with one. */
export const sample: Organisation = {
  units: [
    {id: 'top', name: '上级', titleEn: 'Upper Centre', kind: 'centre', level: 1, areaCode: '650000', parentId: null, status: 'active'},
    {id: 'low', name: '下级', kind: 'department', level: 2, areaCode: '650100', parentId: 'top', status: 'active'},
  ],
  roles: [{id: 'clerk', titleZh: '受理', titleEn: 'Clerk'}, {id: 'checker', titleZh: '审核', titleEn: 'Checker'}],
  persons: [{id: 'p1', name: '林雨桐', phone: '13800000001', status: 'active'}, {id: 'p2', name: '巴合提', phone: null, status: 'active'}],
  posts: [
    {id: 'p1-a', personId: 'p1', unitId: 'top', title: '受理', roles: ['clerk'], status: 'active'},
    {id: 'p1-b', personId: 'p1', unitId: 'low', title: '审核', roles: ['checker', 'clerk'], status: 'active'},
    {id: 'p2-a', personId: 'p2', unitId: 'low', title: '审核', roles: ['checker'], status: 'active'},
  ],
  accounts: [{login: 'lin.yutong', personId: 'p1'}, {login: 'bahetiyaer', personId: 'p2'}],
};

export const origin = {requestId: 'r1', address: '127.0.0.1', agent: 'test'};
export const goodPassword = 'Hongshan-2026-ta';

/** Everything people are made of, on a database in memory and a clock that stands still. */
export async function setup() {
  const store = await openTestStore();
  const clock = createTestClock(1_760_000_000_000);
  const vault = createVault(createKeys());
  const rows: Array<{action: string; subject: string; result: string; data?: Readonly<Record<string, unknown>>}> = [];
  const audit: PeopleAudit = {
    record: async (_tx, entry) => {
      rows.push(entry);
    },
  };
  await importOrganisation(store, vault, sample);
  const people = await createPeople(store);
  const sessions = createSessions(store, clock);
  const guard = createLoginGuard(store);
  const cost = {n: 1024};
  const accounts = createAccounts({store, clock, sessions, guard, audit, cost});
  await accounts.ensure(sample.accounts, goodPassword);
  const login = createLogin({store, clock, people, sessions, guard, audit, cost});
  const identities = createIdentities({store, clock, people, sessions, audit});
  const signIn = (account = 'lin.yutong', password = goodPassword) => login({login: account, password, origin});
  return {store, clock, vault, rows, people, sessions, guard, accounts, login, identities, signIn};
}
