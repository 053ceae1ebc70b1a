import type {LocalizedText} from '@banli/formats';

/** A form widget: one object holds everything about it; the component is loaded when it is first shown. */
export interface WidgetDefinition {
  /** Name used as `x-component`; PascalCase, unique over all plugins. */
  readonly type: string;
  readonly title: LocalizedText;
  /** JSON Schema of the value; checked in the browser and on the server. */
  readonly valueSchema: Readonly<Record<string, unknown>>;
  /** Loads a React component with props `{value, onChange, readOnly, disabled}`; the value follows `valueSchema`. */
  load(): Promise<{readonly default: unknown}>;
}

/** A plugin's web part. */
export interface WebPlugin {
  readonly id: string;
  readonly widgets: readonly WidgetDefinition[];
}

/** Declares a web plugin. */
export function defineWebPlugin(plugin: WebPlugin): WebPlugin {
  return plugin;
}
