import type {CompiledBundle, LocalizedText} from '@banli/formats';

/** What a step is called, in both languages when its drawing says both; a step that the release does not know by its id. */
export function stepWords(release: Pick<CompiledBundle, 'steps'>, stepId: string): Required<Pick<LocalizedText, 'zh-CN'>> & {readonly en: string} {
  const step = release.steps[stepId];
  return {'zh-CN': step?.name ?? stepId, en: step?.nameEn ?? step?.name ?? stepId};
}

/** As `stepWords`, for views: without English words where there are none. */
export function stepTitle(release: Pick<CompiledBundle, 'steps'> | undefined, stepId: string): LocalizedText {
  const step = release?.steps[stepId];
  return {'zh-CN': step?.name ?? stepId, ...(step?.nameEn === undefined ? {} : {en: step.nameEn})};
}
