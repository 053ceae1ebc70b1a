import type {FieldBinding, FormNode} from '../form.js';
import type {Feel} from '../text.js';

/**
 * Lays a field over one that is there already. How it looks stays; what it demands adds up: required if one of them requires, shown if
 * both show it, checked by both. The same object comes back when nothing changes.
 */
export function mergeField(base: FormNode, over: FormNode): FormNode {
  const under: Partial<FieldBinding> = base['x-banli'] ?? {};
  const upper: Partial<FieldBinding> = over['x-banli'] ?? {};
  const binding: Partial<FieldBinding> = {
    ...(upper.element === undefined ? {} : {element: upper.element}),
    ...(upper.help === undefined ? {} : {help: upper.help}),
    ...(upper.checkMessage === undefined ? {} : {checkMessage: upper.checkMessage}),
    ...under,
    ...both('requiredWhen', 'or', under, upper),
    ...both('visibleWhen', 'and', under, upper),
    ...both('check', 'and', under, upper),
  };
  const sameType = base.type === over.type;
  const shape = sameType ? {...pick(over, ['pattern', 'minLength', 'maxLength', 'minimum', 'maximum', 'maxItems']), ...base} : base;
  const merged: FormNode = {...shape, 'x-banli': binding as FieldBinding};
  return JSON.stringify(merged) === JSON.stringify(base) ? base : merged;
}

type Rule = 'requiredWhen' | 'visibleWhen' | 'check';

function both(rule: Rule, word: 'and' | 'or', under: Partial<FieldBinding>, upper: Partial<FieldBinding>): {[Name in Rule]?: Feel} {
  const [left, right] = [under[rule], upper[rule]];
  if (left === undefined || right === undefined || left === right) return right === undefined ? {} : {[rule]: right};
  return {[rule]: `(${left}) ${word} (${right})`};
}

function pick(node: FormNode, names: ReadonlyArray<keyof FormNode & string>): Partial<FormNode> {
  return Object.fromEntries(names.filter(name => node[name] !== undefined).map(name => [name, node[name]]));
}
