import type {LocalizedText} from './text.js';

/** `plugin.yaml`: what a plugin is and what it brings; paths are relative to its folder. */
export interface PluginManifest {
  readonly id: string;
  readonly version: string;
  /** Range of SDK versions: `^1.0.0`. */
  readonly sdk: string;
  readonly title: LocalizedText;
  readonly description?: LocalizedText;
  /** Ids of plugins that must be there. */
  readonly dependsOn?: readonly string[];
  readonly tablePrefix?: string;
  readonly entry: {readonly server?: string; readonly designer?: string; readonly web?: string};
  /** Topics of the workers it brings. */
  readonly topics?: readonly string[];
  /** Form widgets it brings, as `x-component` names. */
  readonly widgets?: readonly string[];
  readonly elementTemplates?: readonly string[];
  readonly catalogs?: readonly string[];
  readonly config?: string;
  readonly permissions?: string;
  readonly migrations?: string;
}
