import type {Language} from '@banli/ui';

/** Words on the drawing tools and in bpmn-js' own messages, by their English text. */
const zh: Readonly<Record<string, string>> = {
  'Move the canvas': '拖动画布',
  'Select an area': '框选',
  'Make or remove space': '插入或删除空白',
  Connect: '连线',
  'Person step': '人工步骤',
  'Worker step': '服务步骤',
  'One of several ways': '排他网关（走其中一条）',
  'All ways at once': '并行网关（同时走）',
  End: '结束',
  'End everything here': '全部终止',
  'Clock lapse at a step': '步骤计时超时',
  'Sub-process': '子流程',
  'When a clock lapses': '计时超时处理',
  'When a message comes': '消息处理',
  Note: '注释',
  Remove: '删除',
  Start: '开始',
};

/** Makes bpmn-js' translate function. `{name}` holes are filled. */
export function createTranslate(language: Language): (template: string, values?: Readonly<Record<string, string>>) => string {
  return (template, values = {}) => {
    const text = language === 'en' ? template : zh[template] ?? template;
    return text.replace(/\{(\w+)\}/g, (hole, name: string) => values[name] ?? hole);
  };
}
