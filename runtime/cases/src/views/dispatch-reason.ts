import type {CaseFields, LocalizedText} from '@banli/formats';
import {textOrNull} from '../context.js';

/** The relation whose rows proposals name. */
export const proposalCatalog = 'responsibility';

type Values = Readonly<Record<string, unknown>>;

/** What the reason is made of. */
export interface ReasonParts {
  readonly fields: CaseFields;
  /** The values as they are shown to the reader, without hidden ones. */
  readonly shown: Values;
  /** The units that have the case. */
  readonly holding: readonly string[];
  /** The stored row's key in words; the key itself stands where there are none. */
  readonly titleOf: (row: string) => Promise<LocalizedText | null>;
  /** The field that holds the English of a field. */
  readonly englishOf: (field: string) => string | undefined;
}

/**
 * Why the case went to the unit that has it: the words, row and catalog version that the bundle stored with the proposal, and the reason of
 * whoever decided otherwise. Only from values that the reader may see.
 *
 * @returns `null` while no unit has the case, and where nothing was stored or the reader may not see it.
 */
export async function dispatchReasonOf({fields, shown, holding, titleOf, englishOf}: ReasonParts): Promise<LocalizedText | null> {
  if (holding.length === 0) return null;
  const valueOf = (name: string | undefined) => (name === undefined ? null : textOrNull(shown[name]));
  const reason = valueOf(fields.proposalReason);
  const reasonEn = valueOf(fields.proposalReason && englishOf(fields.proposalReason)) ?? reason;
  const changed = valueOf(fields.proposalChange);
  if (reason === null && changed === null) return null;
  const [row, version] = [valueOf(fields.proposalRow), valueOf(fields.proposalVersion)];
  const title = row === null ? null : await titleOf(row);
  const source = row === null && version === null ? null : {zh: [title?.['zh-CN'] ?? row, version && `版本 ${version}`].filter(Boolean).join('，'), en: [title?.en ?? title?.['zh-CN'] ?? row, version && `version ${version}`].filter(Boolean).join(', ')};
  const zh = [changed && `改派理由：${changed}`, reason && (changed === null ? reason : `原建议：${reason}`), source && `依据：${source.zh}`];
  const en = [changed && `Decided otherwise: ${changed}`, reasonEn && (changed === null ? reasonEn : `Proposed: ${reasonEn}`), source && `Source: ${source.en}`];
  return {'zh-CN': zh.filter(Boolean).join('\n'), en: en.filter(Boolean).join('\n')};
}
