import test from 'ava';
import fc from 'fast-check';
import {propertySeed} from '@banli/testing/property-seed';
import {compilePolicy, createCasbinPolicy, createPolicy, dataScopes, parsePolicyFile, type PolicyLine} from '../src/index.js';

const declared = parsePolicyFile('declared.yaml', `permissions:
  cases.read: {title: {zh-CN: 查看}}
  cases.start: {title: {zh-CN: 登记}}
  casesOfOthers.read: {title: {zh-CN: 查看他人}}
  audit.read: {title: {zh-CN: 审计}}
`);
const patterns = ['cases.read', 'cases.start', 'casesOfOthers.read', 'audit.read', 'cases.*', 'casesOfOthers.*', 'audit.*'];
const roles = ['clerk', 'head', 'auditor', 'toString'];
const persons = ['p1', 'p2'];
const units = ['u1', 'u2'];
const line = fc.record({role: fc.constantFrom(...roles), permission: fc.constantFrom(...patterns), scope: fc.constantFrom(...dataScopes), effect: fc.constantFrom<PolicyLine['effect']>('allow', 'allow', 'allow', 'allow', 'deny')});
const assignment = fc.record({person: fc.constantFrom(...persons), role: fc.constantFrom(...roles, 'nobody'), unit: fc.constantFrom(...units)});
const request = fc.record({person: fc.constantFrom(...persons, ...persons, ...persons, 'p3'), unit: fc.constantFrom(...units), permission: fc.constantFrom(...patterns.slice(0, 4), ...patterns.slice(0, 4), 'cases.forge', ''), relation: fc.constantFrom(...dataScopes)});

test('the compiled index decides like casbin: 12,000 random decisions on 400 random policies', async t => {
  let decisions = 0;
  let allowed = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(line, {minLength: 2, maxLength: 24, size: 'max'}), fc.array(assignment, {minLength: 1, maxLength: 14, size: 'max'}), fc.array(request, {minLength: 30, maxLength: 30}), async (lines, assignments, requests) => {
      const policy = createPolicy([declared], lines);
      const [casbin, index] = [await createCasbinPolicy(policy, assignments), compilePolicy(policy)];
      for (const one of requests) {
        const mine = assignments.filter(given => given.person === one.person && given.unit === one.unit).map(given => given.role);
        const expected = casbin.decide(one);
        decisions += 1;
        allowed += Number(expected);
        if (index.decide(mine, one.permission, one.relation) !== expected) return false;
        if (index.reach(mine, one.permission)[one.relation] !== expected) return false;
      }
      return true;
    }),
    {numRuns: 400, seed: propertySeed},
  );
  t.log(`seed ${propertySeed}, ${allowed} of ${decisions} allowed`);
  t.true(decisions >= 12_000);
  t.true(allowed > 1000, `only ${allowed} were allowed: the sample says little`);
});
