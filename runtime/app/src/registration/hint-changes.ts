type Values = Readonly<Record<string, unknown>>;

/** What a word hint proposes. */
export interface Proposes {
  readonly sensitive: boolean;
  /** `enough`: every urgency that is no less. */
  readonly urgency: {readonly code: string; readonly enough: readonly string[]} | null;
  readonly hotClass: string | null;
}

/** The form fields that a proposal goes to; `null` where the form has none. */
export interface HintFields {
  readonly sensitive: string | null;
  readonly urgency: string | null;
  readonly hotClass: string | null;
}

/** What taking a hint over changes in the form; a higher urgency than the proposed one stays. */
export function hintChanges({sensitive, urgency, hotClass}: Proposes, fields: HintFields, values: Values): Values {
  return {
    ...(sensitive && fields.sensitive !== null ? {[fields.sensitive]: true} : {}),
    ...(urgency && fields.urgency !== null && !urgency.enough.includes(String(values[fields.urgency] ?? '')) ? {[fields.urgency]: urgency.code} : {}),
    ...(hotClass !== null && fields.hotClass !== null ? {[fields.hotClass]: hotClass} : {}),
  };
}

/** Whether the form says already what a hint proposes. */
export function fitsHint(proposes: Proposes, fields: HintFields, values: Values): boolean {
  return Object.entries(hintChanges(proposes, fields, values)).every(([name, value]) => values[name] === value);
}
