import {defineWebPlugin} from '@banli/sdk/web';
import {widgetValues} from '../common/widget-values.js';

/** Form widgets: a slider that works, one whose values are always refused, one that breaks while it is drawn. */
export const demoWeb = defineWebPlugin({
  id: 'demo',
  widgets: [
    {type: 'DemoOk', title: {'zh-CN': '示例：百分比滑块', en: 'Demo: percentage'}, valueSchema: widgetValues.DemoOk, load: () => import('./demo-ok.js')},
    {type: 'DemoFails', title: {'zh-CN': '示例：总被拒绝', en: 'Demo: always refused'}, valueSchema: widgetValues.DemoFails, load: () => import('./demo-ok.js')},
    {type: 'DemoThrows', title: {'zh-CN': '示例：抛错', en: 'Demo: throws'}, valueSchema: widgetValues.DemoThrows, load: () => import('./demo-throws.js')},
  ],
});
