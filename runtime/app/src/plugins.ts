import type {WebPlugin} from '@banli/sdk/web';
import {widgetComponents} from '@banli/ui';
import {modules} from 'virtual:banli-web-plugins';

function isWebPlugin(value: unknown): value is WebPlugin {
  return typeof value === 'object' && value !== null && 'id' in value && 'widgets' in value && Array.isArray(value.widgets);
}

/** Form widgets of the installed plugins. */
export const widgets = widgetComponents(modules.flatMap(module => Object.values(module).filter(isWebPlugin)));
