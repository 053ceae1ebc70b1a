import test from 'ava';
import {readOnlyService} from './sample-service.js';

/** What people say every day about the sample matters of the hotline; nothing of it is sensitive. */
const ordinary: Readonly<Record<string, readonly string[]>> = {
  '010101': ['购买的电热毯使用一天就不发热，商家拒绝退换。', '联名款运动鞋穿了两天就开胶，商家没人管售后。'],
  '020101': ['解放南路小区东门每天早晨有流动摊贩占道经营，行人和车辆无法正常通行，希望尽快处理。', '夜市摊贩聚集，垃圾没人管。'],
  '020201': ['楼下工地半夜施工，搅拌机响到凌晨两点，老人孩子睡不着。'],
  '030101': ['三号楼电梯停运五天，物业一直不维修，老人上下楼困难。', '小区门口路面结冰，冰面没人清理，已有人摔倒。'],
  '030201': ['家里暖气片只有一点温，室内不到十六度，热力公司上门后还是不热。', '供热断供两天，打电话一直占线。'],
  '040101': ['在工地干了三个月，包工头拖着工资不发，约好的日子一再往后推。'],
  '040201': ['想了解灵活就业人员退休后养老待遇如何核算。'],
  '050101': ['行程取消后旅行社拒绝按合同退款。', '报名的培训班停课，旅行社说研学费不退。'],
  '050201': ['景区索道停运，几十名游客滞留在山上，风很大，希望尽快安排下山。'],
  '050301': ['想问从乌鲁木齐去天池当天往返怎么安排，景区班车几点末班。', '旅游专线公交停运到几号？'],
  '060101': ['手术后效果不好，医院解释前后不一，要求说明收费明细。', '打狂犬疫苗排队太久，收费标准不清楚。'],
  '070101': ['我公司办理变更登记材料齐全，窗口一直没有受理，影响签约。'],
};

for (const [matter, texts] of Object.entries(ordinary)) {
  test(`everyday complaints about ${matter} hint at no sensitive word`, async t => {
    const {service, at, close} = await readOnlyService();
    t.teardown(close);
    t.is((await service.checkRow('matters', matter, at)).version.length > 0, true);
    for (const text of texts) t.deepEqual((await service.words.find({text, scope: 'order', at})).filter(({catalog}) => catalog === 'sensitive-words').map(({word}) => word), [], text);
  });
}

test('what the phrases mean is still found', async t => {
  const {service, at, close} = await readOnlyService();
  t.teardown(close);
  const words = async (text: string) => (await service.words.find({text, scope: 'order', at})).filter(({catalog}) => catalog === 'sensitive-words').map(({word, risk}) => `${word} ${risk}`);
  t.deepEqual(await words('出租车司机集体停运，准备聚众到市政府门口'), ['集体停运 high', '聚众 high']);
  t.deepEqual(await words('有孩子掉进冰窟，楼道着火'), ['掉进冰窟 high', '着火 high']);
});
