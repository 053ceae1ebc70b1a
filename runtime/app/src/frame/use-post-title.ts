import {useLanguage, useLocalize} from '@banli/ui';
import {useUnitName} from './use-unit-name.js';

/** Name of the post's roles, for menus. */
export function usePostTitle(): (post: {readonly unitName: string; readonly roles: ReadonlyArray<{readonly title: {readonly 'zh-CN': string}}>}) => string {
  const unitName = useUnitName();
  const language = useLanguage();
  const localize = useLocalize();
  return post => `${unitName(post.unitName)} · ${post.roles.map(role => localize(role.title)).join(language === 'en' ? ', ' : '、')}`;
}
