import {ApiError, caseRoutes, draftRoutes} from '@banli/api';
import {createFormModel, useLanguage, useUiText, type FormModel} from '@banli/ui';
import {useMutation, useQueryClient, type QueryClient} from '@tanstack/react-query';
import {useCallback, useEffect, useMemo, useRef, useState} from 'react';
import {api} from '../http/api.js';
import {loadItemForm, subjectOf, useItemForm, type Subject} from './item-forms.js';
import {problemsByItem} from './problems-by-item.js';
import {copyItem, meaningOf, startAccess, startSchema, withShared, type ItemValues, type StartForm} from './start-form.js';
import {useCallDraft, type CallStart, type Items} from './use-call-draft.js';

/** One call being typed: one or several orders that share the person, saved as one draft, submitted all or nothing. */
export type Call = ReturnType<typeof useCall>;

/** Ties the orders of a call to autosave and submission. */
export function useCall(begin: CallStart) {
  const {start} = begin;
  const {autosave, draftId, name, renew} = useCallDraft(begin);
  const makeModel = useModelMaker();
  const orders = useOrders(begin, autosave, makeModel);
  const {model, active, itemsNow} = orders;
  const language = useLanguage();
  const cache = useQueryClient();
  const letGo = () => {
    for (const key of [['box'], ['counts']]) void cache.invalidateQueries({queryKey: key});
  };
  const submit = useMutation({
    mutationFn: async () => {
      await autosave.flush();
      return autosave.during(async () => {
        const models = await modelsOf(cache, begin, orders, makeModel);
        const sent = models.map(each => ({values: each.toSend(null)}));
        return api.call(caseRoutes.start, {body: {bundleId: begin.bundleId, items: sent, ...name()}});
      });
    },
    onSuccess: () => {
      autosave.forget();
      letGo();
    },
    onError: async error => {
      if (error instanceof ApiError && error.code === 'CASE_CALL_CHANGED') renew(itemsNow.current);
      orders.refuse(problemsByItem(error, language, await fieldsOfAll(cache, begin, orders, makeModel)));
    },
  });
  return {
    ...orders,
    start,
    saved: autosave.current,
    flush: autosave.flush,
    submit,
    titleOf: (index: number, field: string | null) => (field === null ? '' : String((index === active ? model.values() : (itemsNow.current[index] ?? {}))[field] ?? '')),
    /** Checks every order; shows the first that has something to correct, and gives whether all are good. @throws ApiError when a form cannot be loaded. */
    checkAll: async (): Promise<boolean> => {
      const order = [active, ...orders.items.map((_, index) => index).filter(index => index !== active)];
      const models = await modelsOf(cache, begin, orders, makeModel);
      for (const index of order) {
        const problems = models[index]?.check() ?? {};
        const [first] = Object.keys(problems);
        if (first === undefined) continue;
        if (index === active) model.focus(first);
        else orders.refuse(new Map([[index, problems]]));
        return false;
      }
      return true;
    },
    /** The forms of all orders. @throws ApiError when one cannot be loaded. */
    models: () => modelsOf(cache, begin, orders, makeModel),
    discard: async () => {
      autosave.forget();
      if (draftId.current !== null) await api.call(draftRoutes.remove, {params: {draftId: draftId.current}});
      letGo();
    },
  };
}

type MakeModel = (form: StartForm, values: ItemValues, id: string, onInput?: (model: FormModel) => void) => FormModel;

/** The models of all orders with their own forms: that of the order on the screen, and new ones for the others. */
async function modelsOf(cache: QueryClient, {bundleId, start}: CallStart, {active, model, form, itemsNow}: ReturnType<typeof useOrders>, makeModel: MakeModel): Promise<readonly FormModel[]> {
  return Promise.all(itemsNow.current.map(async (item, index) => {
    const own = await loadItemForm(cache, bundleId, start, item);
    return index === active && own === form ? model : makeModel(own, item, 'other');
  }));
}

async function fieldsOfAll(...of: Parameters<typeof modelsOf>): Promise<ReadonlySet<string>> {
  return new Set((await modelsOf(...of)).flatMap(each => [...each.fields.keys()]));
}

/** Makes form models in the language of the person. */
function useModelMaker(): MakeModel {
  const language = useLanguage();
  const t = useUiText();
  const latest = useRef({language, t});
  latest.current = {language, t};
  return useCallback(
    (form, values, id, onInput) => {
      const made: FormModel = createFormModel({id, schema: startSchema(form), access: startAccess(form), values, context: {round: 1, ...form.context}, tools: () => latest.current, onInput: () => onInput?.(made)});
      return made;
    },
    [],
  );
}

/** The orders of the call, which one is shown, and its form. */
function useOrders({bundleId, start, draft}: CallStart, {change, recover}: ReturnType<typeof useCallDraft>['autosave'], makeModel: MakeModel) {
  const [items, setItems] = useState<Items>(() => {
    const left = recover();
    if (left && left.value.length > 0 && left.at >= (draft?.savedAt ?? 0)) return left.value;
    return draft && draft.items.length > 0 ? draft.items : [start.values];
  });
  const [active, setActive] = useState(0);
  // What is typed now; the state follows only when orders are added, removed or switched.
  const itemsNow = useRef(items);
  const refused = useRef<ReadonlyMap<number, Readonly<Record<string, string>>>>(new Map());
  const [subject, setSubject] = useState<Subject>(() => subjectOf(start, items[0] ?? {}));
  const follow = useCallback((values: ItemValues) => setSubject(before => sameSubject(before, subjectOf(start, values))), [start]);
  const {form, error: formError, retry: retryForm} = useItemForm(bundleId, start, subject);
  const shown = `${active} ${items.length}`;
  const shownBefore = useRef(shown);
  const model = useMemo(
    () =>
      makeModel(form, itemsNow.current[active] ?? start.values, 'item', made => {
        itemsNow.current = itemsNow.current.map((item, index) => (index === active ? withTyped(made, item) : withShared(start, made.typed(null), item)));
        follow(made.values());
        change(itemsNow.current);
      }),
    // A new form for another order or another class only; typing must not make it anew.
    [active, items.length, makeModel, form, follow],
  );
  useEffect(() => {
    const left = recover();
    if (left) change(left.value);
  }, [change, recover]);
  useEffect(() => {
    const title = meaningOf(start, 'title');
    // The same order under another class: whoever chose it goes on from there.
    if (shownBefore.current === shown) return;
    shownBefore.current = shown;
    const problems = refused.current.get(active);
    // Told once: whoever comes back has corrected them, or is told again when he submits.
    refused.current = new Map([...refused.current].filter(([index]) => index !== active));
    const [first = title] = Object.keys(problems ?? {});
    if (first !== null) model.focus(first);
    if (problems) model.show(problems);
    // A model stands for one order, so `active` changes with it.
  }, [model, start, shown]);
  const put = (next: Items, index: number) => {
    itemsNow.current = next;
    setItems(next);
    setActive(index);
    follow(next[index] ?? {});
  };
  const putAndSave = (next: Items, index: number) => {
    put(next, index);
    change(next);
  };
  const without = (index: number) => itemsNow.current.filter((_, at) => at !== index);
  return {
    ...{model, form, formError, retryForm, items, active, itemsNow},
    showItem: (index: number) => put(itemsNow.current, index),
    addCopy: () => putAndSave([...itemsNow.current, copyItem(start, model.values(), form)], itemsNow.current.length),
    removeItem: (index: number) => putAndSave(without(index), Math.max(0, Math.min(active, itemsNow.current.length - 2))),
    /** Shows what is wrong, by order: at the order on the screen, else at the first that has something to correct. */
    refuse: (problems: ReadonlyMap<number, Readonly<Record<string, string>>>) => {
      refused.current = problems;
      const [first] = [...problems.keys()].sort((a, b) => a - b);
      if (problems.has(active)) model.show(problems.get(active) ?? {});
      else if (first !== undefined) put(itemsNow.current, first);
    },
  };
}

/** What was typed, with the answers to a former class: who chooses it again finds them. */
function withTyped(model: FormModel, before: ItemValues): ItemValues {
  const left = Object.entries(before).filter(([name]) => !model.fields.has(name));
  return {...Object.fromEntries(left), ...model.typed(null)};
}

function sameSubject(before: Subject, now: Subject): Subject {
  return before.matter === now.matter && before.channel === now.channel ? before : now;
}
