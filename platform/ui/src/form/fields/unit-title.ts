import type {UnitView} from '@banli/api';
import type {Language} from '../../i18n/texts.js';

/** What a unit is called in a language; its Chinese name where it has no English one. */
export function unitTitle(unit: Pick<UnitView, 'name' | 'titleEn'>, language: Language): string {
  return language === 'en' ? (unit.titleEn ?? unit.name) : unit.name;
}
