import {useText} from '../texts/hook.js';

/** What the platform calls itself where it published something at its start. */
const system = '系统';

/** Says who published something; the platform itself in the language of the person. */
export function usePublisher(): (name: string) => string {
  const t = useText();
  return name => (name === system ? t('bundles.system') : name);
}
