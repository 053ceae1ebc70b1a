import type {BundleManifest, FormExtension, FormLayout, FormSchema, LimitsFile, PermissionsFile, StepModel, ClockEvent} from '@banli/formats';
import type {Problem} from '@banli/errors';
import type {Drawing} from '../drawing/drawing.js';
import type {BundleModels, FormField} from '../model.js';
import {bundleErrors} from '../errors.js';
import type {Report} from '../report.js';
import type {ProblemPlace} from '@banli/errors';

/** What is installed beside the bundle; a part that is left out is not checked. */
export interface Installed {
  readonly topics?: readonly string[];
  /** JSON Schemas of what workers take, by topic. */
  readonly inputs?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly catalogs?: readonly string[];
  readonly plugins?: readonly string[];
  /** By catalog of elements, then by code of an element: the matters that require it, and elements that bring it along. No layout may hide those. */
  readonly requiredElements?: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
  /** By bundle, then by form: the matters whose catalog names it. The bundle must have those forms. */
  readonly matterForms?: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
  /** Names of form components that plugins bring. */
  readonly widgets?: readonly string[];
}

/** Everything the checks look at: the parsed parts of a bundle, as far as they could be read. */
export interface World {
  readonly manifest: BundleManifest;
  readonly permissions: PermissionsFile;
  readonly limits: LimitsFile;
  readonly forms: Readonly<Record<string, FormSchema>>;
  readonly extensions: Readonly<Record<string, FormExtension>>;
  readonly layouts: Readonly<Record<string, FormLayout>>;
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
export function needKnown(report: Report, kind: Kind, id: string, known: readonly string[], place: ProblemPlace): boolean {
  if (known.includes(id)) return true;
  report(bundleErrors.REFERENCE, {kind: kind.en, kindZh: kind.zh, id, known: known.slice(0, 30)}, place);
  return false;
}

/** A kind of thing that a bundle refers to, in both languages. */
export interface Kind {
  readonly zh: string;
  readonly en: string;
}

/** Words for the kinds of things a bundle refers to. */
export const kinds = {
  form: {zh: '表单', en: 'form'},
  state: {zh: '状态', en: 'state'},
  role: {zh: '角色', en: 'role'},
  step: {zh: '步骤', en: 'step'},
  outcome: {zh: '操作', en: 'outcome'},
  field: {zh: '字段', en: 'field'},
  group: {zh: '字段组', en: 'group'},
  fieldOrGroup: {zh: '字段或字段组', en: 'field or group'},
  clock: {zh: '计时', en: 'clock'},
  message: {zh: '消息', en: 'message'},
  variable: {zh: '变量', en: 'variable'},
  catalog: {zh: '目录', en: 'catalog'},
  plugin: {zh: '插件', en: 'plugin'},
  topic: {zh: '服务主题', en: 'topic'},
  element: {zh: '元素', en: 'element'},
  flow: {zh: '连线', en: 'flow'},
  publicState: {zh: '公众状态', en: 'public state'},
  component: {zh: '组件', en: 'component'},
  subProcess: {zh: '事件子流程', en: 'event sub-process'},
  strand: {zh: '支线', en: 'strand'},
} as const satisfies Record<string, Kind>;
