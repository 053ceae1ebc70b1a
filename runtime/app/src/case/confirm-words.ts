import type {CaseTaskView} from '@banli/api';
import {isTrueOr} from '@banli/expressions';
import {nodeTitle, unitTitle, type FormModel} from '@banli/ui/logic';
import type {FormServices, Language} from '@banli/ui';

type Asking = Pick<CaseTaskView['outcomes'][number], 'confirm' | 'confirmWhen'>;

/** What the bundle asks before an outcome, with what stands in the form now; empty where it asks nothing. A rule that fails asks. */
export function questionOf({confirm, confirmWhen}: Asking, model: Pick<FormModel, 'context' | 'values'>, localize: (text: Asking['confirm']) => string): string {
  const isAsked = confirmWhen === undefined || isTrueOr(confirmWhen, {...model.context, form: model.values()}, true);
  return isAsked ? localize(confirm) : '';
}

const place = /\{(\w+)\}/g;

/**
 * Puts what stands in the form into a question of the bundle: `{leadUnit}` becomes the unit's name, a choice its words, a text itself;
 * what is empty is called by the field's title.
 */
export async function confirmWords(question: string, model: Pick<FormModel, 'fields' | 'values'>, services: Pick<FormServices, 'units'>, language: Language): Promise<string> {
  const names = [...question.matchAll(place)].flatMap(([, name]) => name ?? []);
  const shown = new Map(await Promise.all(names.map(async name => [name, await shownValue(name, model, services, language)] as const)));
  return question.replace(place, (_, name: string) => shown.get(name) ?? name);
}

async function shownValue(name: string, model: Pick<FormModel, 'fields' | 'values'>, services: Pick<FormServices, 'units'>, language: Language): Promise<string> {
  const node = model.fields.get(name)?.node;
  const value = model.values()[name];
  const title = node ? nodeTitle(name, node, language) : name;
  if (!node || typeof value !== 'string' || value === '') return title;
  if (node['x-component'] === 'UnitSelect') {
    // A list of units that cannot be loaded now does not keep the question back.
    const unit = (await services.units().catch(() => [])).find(each => each.id === value);
    return unit ? unitTitle(unit, language) : title;
  }
  const choice = node.enum?.find(each => each.value === value);
  return choice ? ((language === 'en' ? choice.labelEn : undefined) ?? choice.label) : value;
}
