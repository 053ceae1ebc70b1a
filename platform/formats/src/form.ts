import type {Feel, LocalizedText} from './text.js';

/** A form: Formily JSON Schema of type object; every value field carries `x-banli`. */
export interface FormSchema {
  readonly type: 'object';
  readonly title?: string;
  readonly 'x-banli-form': {readonly id: string; readonly title: LocalizedText};
  readonly properties: Readonly<Record<string, FormNode>>;
  readonly [key: string]: unknown;
}

/** A field, or a `void` node that only lays out (section, grid). Standard Formily keys stay as Formily knows them. */
export interface FormNode {
  readonly type: 'string' | 'number' | 'integer' | 'boolean' | 'array' | 'object' | 'void';
  readonly title?: string;
  readonly description?: string;
  readonly enum?: ReadonlyArray<{readonly label: string; readonly labelEn?: string; readonly value: string | number}>;
  readonly format?: string;
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly maxItems?: number;
  readonly items?: FormNode;
  readonly properties?: Readonly<Record<string, FormNode>>;
  /** Component names the renderer knows: Input, Input.TextArea, Select, Radio.Group, Checkbox, NumberPicker, DatePicker, CatalogSelect, UnitSelect, FileUpload, Section, Grid, Rating, Link (text: a way within the workbench, `/…`). Plugins add more. */
  readonly 'x-component'?: string;
  readonly 'x-component-props'?: Readonly<Record<string, unknown>>;
  readonly 'x-decorator'?: string;
  readonly 'x-decorator-props'?: Readonly<Record<string, unknown>>;
  /** Only written by the formats below; Formily `{{…}}` expressions are refused. */
  readonly 'x-banli'?: FieldBinding;
  readonly [key: string]: unknown;
}

/** What Banli adds to a form field. */
export interface FieldBinding {
  /** Stable id: survives rename and move. */
  readonly id: string;
  /** Group of the field matrix; default is the nearest void parent's `group`. */
  readonly group?: string;
  readonly titleEn?: string;
  /** The English of Formily's `description`, the help below a field that has no `help`. */
  readonly descriptionEn?: string;
  /** Name of the field that holds the English of this text. That one is not drawn itself: who reads English reads it in this place. */
  readonly english?: string;
  /** Code of the element (事项要素) that this field holds: a class that uses the element extends this field instead of bringing another. */
  readonly element?: string;
  /** Written by the server only: the class no longer has this field, a case still holds its value. It is only read. */
  readonly retired?: true;
  /** `task`: the value belongs to one task (an opinion), not to the case. Default `case`. */
  readonly scope?: 'case' | 'task';
  /** Catalog whose rows are the choices; value is the row's key. `leafOnly` for trees; `under`: only rows below this one. A field of type `array` takes several. `fill`: form fields that a choice fills, by the column that they take (`title`: the row's title). */
  readonly catalog?: {readonly id: string; readonly leafOnly?: boolean; readonly under?: string; readonly parentField?: string; readonly fill?: Readonly<Record<string, string>>};
  /** `encrypt` is stored encrypted, shown by right; `mask` is shown masked without the right; */
  readonly sensitivity?: 'encrypt' | 'mask';
  /** How it is masked: `phone` 138****1234, `idNumber`, `name` 张*. */
  readonly mask?: 'phone' | 'idNumber' | 'name';
  /** It tells who the caller is: a closure may take it away by this mark, whatever catalog brought it. */
  readonly identifying?: true;
  /** FEEL over `form` and the case context. A failing rule hides. */
  readonly visibleWhen?: Feel;
  /** FEEL: required while true, beyond the matrix. A failing rule requires. */
  readonly requiredWhen?: Feel;
  /** FEEL: read-only value computed from other fields. */
  readonly compute?: Feel;
  /** FEEL: must be true; `checkMessage` says what to do. */
  readonly check?: Feel;
  readonly checkMessage?: LocalizedText;
  readonly help?: LocalizedText;
  /** `action`: while editable it is not shown in the form but asked for by the outcome (`requires`) or action (`fields`) that names it. Default `form`. */
  readonly ask?: 'form' | 'action';
  /** Listed words are looked for in this text: in what a citizen says (`order`, also at registration), or in what he is told (`seat`). */
  readonly words?: 'order' | 'seat';
  /** A reason or an opinion: these common phrases (常用语) are offered, and the last texts this person gave here, which the server keeps. May be empty. */
  readonly phrases?: readonly CommonPhrase[];
  /** The unit of a number shown in the field. */
  readonly unit?: string;
}

/** A common phrase of a field; `when` (FEEL over `form` and the case context) says where it fits. A failing rule leaves it out. */
export interface CommonPhrase {
  readonly text: LocalizedText;
  readonly when?: Feel;
}

/** How much a person may do with a field; from least to most. */
export type FieldAccess = 'hidden' | 'read' | 'edit' | 'required';
