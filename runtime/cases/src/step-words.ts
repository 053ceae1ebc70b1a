import type {CompiledBundle, LocalizedText, StepModel} from '@banli/formats';

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

/** What was done at a step: its name and the outcome; once where both are the same word. */
export function doneWords({name, nameEn = name}: Pick<StepModel, 'name' | 'nameEn'>, outcome: LocalizedText): LocalizedText {
  const {'zh-CN': zh, en = zh} = outcome;
  return {'zh-CN': zh === name ? name : `${name}：${zh}`, en: en === nameEn ? nameEn : `${nameEn}: ${en}`};
}
