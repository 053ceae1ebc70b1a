import {defineServerPlugin} from '@banli/sdk/server';
import {widgetValues} from '../common/widget-values.js';
import {demoFails, demoOk, demoThrows} from './workers.js';

/** One worker and one widget of each temper. */
export const demoServer = defineServerPlugin({
  id: 'demo',
  needs: ['workers', 'widgets'],
  setup({workers, widgets}) {
    workers.handle(demoOk);
    workers.handle(demoFails);
    workers.handle(demoThrows);
    for (const [type, valueSchema] of Object.entries(widgetValues)) widgets.declare({type, valueSchema});
  },
});
