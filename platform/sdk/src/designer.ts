/** An element template of the BPMN designer, in the Camunda 7 template format. */
export type ElementTemplate = Readonly<Record<string, unknown>>;

/** A plugin's designer part. */
export interface DesignerPlugin {
  readonly id: string;
  readonly elementTemplates: readonly ElementTemplate[];
}

/** Declares a designer plugin. */
export function defineDesignerPlugin(plugin: DesignerPlugin): DesignerPlugin {
  return plugin;
}
