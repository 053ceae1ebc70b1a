import type {BundleManifest, FormSchema, LimitsFile, PermissionsFile, StepModel, ClockEvent} from '@banli/formats';
import type {Problem} from '@banli/errors';
import type {Drawing} from '../drawing/drawing.js';
import type {BundleModels, FormField} from '../model.js';
import {bundleErrors} from '../errors.js';
import type {Report} from '../report.js';
import type {ProblemPlace} from '@banli/errors';

/** What is installed beside the bundle; a part that is left out is not checked. */
export interface Installed {
  readonly topics?: readonly string[];
  readonly catalogs?: readonly string[];
  readonly plugins?: readonly string[];
  /** Names of form components that plugins bring. */
  readonly widgets?: readonly string[];
}

/** Everything the checks look at: the parsed parts of a bundle, as far as they could be read. */
export interface World {
  readonly manifest: BundleManifest;
  readonly permissions: PermissionsFile;
  readonly limits: LimitsFile;
  readonly forms: Readonly<Record<string, FormSchema>>;
  readonly fields: Readonly<Record<string, FormField>>;
  readonly drawings: readonly Drawing[];
  readonly steps: Readonly<Record<string, StepModel>>;
  readonly clockEvents: readonly ClockEvent[];
  readonly models: BundleModels;
  readonly installed: Installed;
  readonly problems: Problem[];
  /** Line and column of a place in a YAML or JSON file. */
  readonly locate: (file: string, path: ReadonlyArray<string | number>) => Pick<ProblemPlace, 'line' | 'column'>;
}

/** Reports a name that refers to nothing. */
export function needKnown(report: Report, kind: string, id: string, known: readonly string[], place: ProblemPlace): boolean {
  if (known.includes(id)) return true;
  report(bundleErrors.REFERENCE, {kind, id, known: known.slice(0, 30)}, place);
  return false;
}

/** Words for the kinds of things a bundle refers to. */
export const kinds = {
  form: '表单 form', state: '状态 state', role: '角色 role', step: '步骤 step', field: '字段 field', group: '字段组 group', fieldOrGroup: '字段或字段组 field or group', clock: '计时 clock',
  message: '消息 message', variable: '变量 variable', catalog: '目录 catalog', plugin: '插件 plugin', topic: '服务主题 topic', element: '元素 element',
  publicState: '公众状态 public state', component: '组件 component',
} as const;
