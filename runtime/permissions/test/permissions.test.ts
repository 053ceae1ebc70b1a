import {fileURLToPath} from 'node:url';
import test from 'ava';
import {isAppError} from '@banli/errors';
import {openTestStore} from '@banli/store/testing';
import {addLocalGrant, createPermissions, createPolicy, parsePolicyFile, platformPolicyPath, readPolicyFile, relationOf, removeLocalGrant, type PolicyLine} from '../src/index.js';

const shippedGrants = fileURLToPath(new URL('../../../catalogs/organisation/grants.yaml', import.meta.url));
const paths: Record<string, readonly string[]> = {top: ['top'], low: ['top', 'low'], side: ['side']};
const units = {unit: (id: string) => (Object.hasOwn(paths, id) ? {path: paths[id] ?? []} : null)};

async function setup() {
  const store = await openTestStore();
  const files = await Promise.all([readPolicyFile(platformPolicyPath), readPolicyFile(shippedGrants)]);
  return {store, permissions: await createPermissions({store, files, units})};
}

test('nothing is permitted that no line grants', async t => {
  const {store, permissions} = await setup();
  for (const permission of permissions.titles().keys()) {
    t.false(permissions.can({roles: []}, permission));
    t.false(permissions.can({roles: ['unknownRole', '__proto__', 'constructor']}, permission));
  }
  t.false(permissions.can({roles: ['clerk']}, 'cases.forge'));
  t.throws(() => permissions.demand({roles: ['clerk']}, 'audit.read'), {code: 'PERMISSIONS_DENIED'});
  t.throws(() => permissions.checkKnown('cases.forge'), {code: 'PERMISSIONS_UNKNOWN'});
  await store.close();
});

test('a denial wins over the grants of other roles in the same post', async t => {
  const {store, permissions} = await setup();
  t.true(permissions.can({roles: ['clerk']}, 'cases.start'));
  t.false(permissions.can({roles: ['clerk', 'auditor']}, 'cases.start'));
  t.deepEqual(permissions.permissionsOf(['auditor', 'clerk']), ['people.read', 'audit.read']);
  await store.close();
});

test('the scope decides by the closest relation', async t => {
  const {store, permissions} = await setup();
  const actor = {personId: 'p1', unitId: 'top', roles: ['clerk']};
  t.is(relationOf(actor, {personIds: ['p1'], unitIds: ['side']}, units), 'own');
  t.is(relationOf(actor, {personIds: [], unitIds: ['side', 'top']}, units), 'unit');
  t.is(relationOf(actor, {personIds: [], unitIds: ['low']}, units), 'unitAndBelow');
  t.is(relationOf(actor, {personIds: [], unitIds: ['side', 'nowhere']}, units), 'all');
  t.true(permissions.canWith(actor, 'cases.read', {personIds: [], unitIds: ['top']}));
  t.false(permissions.canWith(actor, 'cases.read', {personIds: [], unitIds: ['low']}));
  t.true(permissions.canWith({...actor, roles: ['supervisor']}, 'cases.read', {personIds: [], unitIds: ['low']}));
  t.false(permissions.canWith({...actor, roles: ['supervisor']}, 'cases.read', {personIds: [], unitIds: ['side']}));
  await store.close();
});

test('a right that an administrator takes away is gone after the refresh of the next request', async t => {
  const {store, permissions} = await setup();
  const deny: PolicyLine = {role: 'clerk', permission: 'cases.*', scope: 'all', effect: 'deny'};
  const by = {personId: 'p9', at: 1};
  await store.tx(tx => addLocalGrant(tx, deny, by));
  await store.tx(tx => addLocalGrant(tx, deny, by));
  await permissions.refresh();
  t.false(permissions.can({roles: ['clerk']}, 'cases.start'));
  t.true(await store.tx(tx => removeLocalGrant(tx, deny)));
  t.false(await store.tx(tx => removeLocalGrant(tx, deny)));
  await permissions.refresh();
  t.true(permissions.can({roles: ['clerk']}, 'cases.start'));
  await store.close();
});

test('a policy with typing mistakes is refused as a whole, with every mistake', t => {
  const codes = (text: string) => {
    try {
      createPolicy([parsePolicyFile('a.yaml', 'permissions: {cases.read: {title: {zh-CN: 看}}}'), parsePolicyFile('b.yaml', text)], [], new Set(['clerk']));
      return [];
    } catch (error) {
      return isAppError(error) ? (error.problems.length > 0 ? error.problems.map(problem => problem.code) : [error.code]).map(code => code.replace('PERMISSIONS_', '')) : ['other'];
    }
  };
  t.deepEqual(codes('grants: [{role: clerk, allow: [cases.reed], scope: unit}]'), ['PERMISSION_UNKNOWN']);
  t.deepEqual(codes('grants: [{role: clark, allow: [cases.read], scope: unit}]'), ['ROLE_UNKNOWN']);
  t.deepEqual(codes('grants: [{role: clerk, alow: [cases.read], scope: units}]'), ['KEY_UNKNOWN', 'VALUE_WRONG', 'VALUE_WRONG']);
  t.deepEqual(codes('grants: [{role: clerk, allow: ["*"], scope: all}]'), ['PERMISSION_UNKNOWN']);
  t.deepEqual(codes('permissions: {cases.read: {title: {zh-CN: 看}}}'), ['PERMISSION_TWICE']);
  t.deepEqual(codes('grants: {}'), ['FILE_BROKEN']);
  t.deepEqual(codes('- a'), ['FILE_BROKEN']);
  t.deepEqual(codes('grants: ['), ['FILE_BROKEN']);
});
