import {widgetComponents} from '@banli/ui';

/** Form widgets of the installed plugins; the list is written from their manifests when the web apps are built. */
export const widgets = widgetComponents([]);
