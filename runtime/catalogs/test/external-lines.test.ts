import test from 'ava';
import {readOnlyService} from './sample-service.js';

/** What an outside platform passes on, by its class, as the requirement maps it to units (§2.15). */
const mapped = test.macro({
  async exec(t, channelCode: string, matterCode: string, areaCode: string, lead: string, row: string) {
    const {service, at, close} = await readOnlyService();
    t.teardown(close);
    const ask = (attributes: Readonly<Record<string, string>>) => service.dispatch({matterCode, areaCode, attributes, excludeUnitIds: [], at});
    const found = await ask({channelCode});
    t.like(found, {leadUnit: lead, confidence: 'certain', row: `${row}|channelCode=${channelCode}`});
    t.not((await ask({channelCode: 'phone'})).row, found.row, 'only for that platform');
  },
  title: (_title, channel, matter, area) => `${channel}: ${matter} in ${area} has its unit`,
});

test(mapped, 'line-12315', '020101', '650102', 'u650102-chengguan', '020101|650102|u650102-chengguan');
test(mapped, 'line-12315', '010101', '650102', 'u650103-shijian', '010101|650102|u650103-shijian');
test(mapped, 'line-12318', '050501', '650100', 'u650100-wenlv', '0505|650100|u650100-wenlv');
test(mapped, 'line-12318', '050401', '650102', 'u650100-wenlv', '0504|650100|u650100-wenlv');
test(mapped, 'line-12328', '020303', '650102', 'u650102-chengguan', '0203|650102|u650102-chengguan');
test(mapped, 'line-12329', '030305', '650102', 'u650102-zhujian', '0303|650102|u650102-zhujian');
test(mapped, 'line-12329', '030501', '650102004', 'u650102-zhujian', '0305|650102|u650102-zhujian');
test(mapped, 'line-12333', '040301', '650100', 'u650100-renshe', '0403|650100|u650100-renshe');
test(mapped, 'line-12333', '040102', '650102', 'u650100-renshe', '0401|650100|u650100-renshe');
test(mapped, 'snapshot', '020402', '650102', 'u650102-chengguan', '0204|650102|u650102-chengguan');
test(mapped, 'snapshot', '030401', '650102', 'u650102-zhujian', '03|650102|u650102-zhujian');
