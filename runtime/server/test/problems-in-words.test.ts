import test from 'ava';
import {catalogErrors, type Labels} from '@banli/catalogs';
import {inWords} from '../src/routes/problems-in-words.js';

const titles: Readonly<Record<string, string>> = {mayor: '分管市长', supervisor: '督办员', 'urge|1': '催办主办单位'};

/** Labels that title what they know, cells that list several included. */
function labels(): Labels {
  const title = (key: string) => (titles[key] === undefined ? null : {'zh-CN': titles[key], en: key.toUpperCase()});
  const listed = (value: string) => ({'zh-CN': value.split(',').map(key => titles[key] ?? key).join('、'), en: value});
  return {named: (_: string, key: string) => title(key), cell: (_: string, __: string, value: string) => listed(value), table: () => ({'zh-CN': '超期升级'})} as unknown as Labels;
}

test('a receiver that no application knows is told by its title, as are the rows and the others to choose from; its code stays for whoever adds it', async t => {
  const details = {key: 'urge|1', catalog: 'limits', table: 'ladders', receiver: 'mayor', code: 'mayor', count: 1, example: ['urge|1'], applications: 'hotline', known: 'supervisor,own-of-ours'};
  const {code, message} = catalogErrors.RECEIVER_UNKNOWN(details);
  const problem = {code, message, details, place: {file: 'limits/ladders', element: 'urge|1', field: 'receivers'}, severity: 'warning' as const};
  const [told] = await inWords({labels: async () => labels()}, [problem]);
  t.like(told?.details, {receiver: '分管市长', code: 'mayor', example: ['催办主办单位'], known: '督办员、own-of-ours'});
  t.regex(told?.message ?? '', /^1 rows \(URGE\|1\) name the receiver mayor/);
  t.deepEqual(told?.place, problem.place);
});
