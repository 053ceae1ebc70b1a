import {caseRoutes, draftRoutes} from '@banli/api';
import {createFormModel, useAutosave, useLanguage, useUiText, type FormModel} from '@banli/ui';
import {useMutation, useQueryClient} from '@tanstack/react-query';
import {useCallback, useEffect, useMemo, useRef, useState} from 'react';
import {api, serverClock} from '../http/api.js';
import {useSession} from '../session/session-context.js';
import {problemsByItem} from './problems-by-item.js';
import {copyItem, meaningOf, startAccess, startSchema, withShared, type ItemValues, type StartForm} from './start-form.js';

/** What a call begins with: a new one, or a draft. */
export interface CallStart {
  readonly bundleId: string;
  readonly start: StartForm;
  readonly draft: {readonly id: string; readonly items: readonly ItemValues[]; readonly savedAt: number} | null;
  /** The draft got its id: the address may name it now. */
  readonly onDraft: (draftId: string) => void;
}

/** One call being typed: one or several orders that share the person, saved as one draft, submitted all or nothing. */
export type Call = ReturnType<typeof useCall>;

/** Ties the orders of a call to autosave and submission. */
export function useCall(begin: CallStart) {
  const {start} = begin;
  const {autosave, draftId} = useCallDraft(begin);
  const makeModel = useModelMaker(start);
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
      const sent = itemsNow.current.map((item, index) => ({values: (index === active ? model : makeModel(item, 'other')).toSend(null)}));
      return api.call(caseRoutes.start, {body: {bundleId: begin.bundleId, items: sent, ...(draftId.current === null ? {} : {draftId: draftId.current})}});
    },
    onSuccess: () => {
      autosave.forget();
      letGo();
    },
    onError: error => orders.refuse(problemsByItem(error, language, new Set(model.fields.keys()))),
  });
  return {
    ...orders,
    start,
    saved: autosave.current,
    flush: autosave.flush,
    submit,
    titleOf: (index: number, field: string | null) => (field === null ? '' : String((index === active ? model.values() : (itemsNow.current[index] ?? {}))[field] ?? '')),
    /** Checks every order; shows the first that has something to correct, and gives whether all are good. */
    checkAll: (): boolean => {
      const order = [active, ...orders.items.map((_, index) => index).filter(index => index !== active)];
      for (const index of order) {
        const problems = (index === active ? model : makeModel(itemsNow.current[index] ?? {}, 'other')).check();
        const [first] = Object.keys(problems);
        if (first === undefined) continue;
        if (index === active) model.focus(first);
        else orders.refuse(new Map([[index, problems]]));
        return false;
      }
      return true;
    },
    discard: async () => {
      autosave.forget();
      if (draftId.current !== null) await api.call(draftRoutes.remove, {params: {draftId: draftId.current}});
      letGo();
    },
  };
}

type Items = readonly ItemValues[];
type MakeModel = (values: ItemValues, id: string, onInput?: (model: FormModel) => void) => FormModel;

/** The draft of the call: made at the first change, saved again at every further one. */
function useCallDraft({bundleId, draft, onDraft}: CallStart) {
  const {session} = useSession();
  const cache = useQueryClient();
  const draftId = useRef(draft?.id ?? null);
  const autosave = useAutosave<Items>(`call.${session.person.id}.${draft?.id ?? `new.${bundleId}`}`, serverClock, async items => {
    const body = {bundleId, items: items.map(item => ({...item}))};
    const saved = await (draftId.current === null ? api.call(draftRoutes.create, {body}) : api.call(draftRoutes.save, {params: {draftId: draftId.current}, body}));
    if (draftId.current === null) onDraft(saved.id);
    draftId.current = saved.id;
    void cache.invalidateQueries({queryKey: ['counts']});
    return saved.savedAt;
  });
  return {autosave, draftId};
}

/** Makes form models of the start form in the language of the person. */
function useModelMaker(start: StartForm): MakeModel {
  const language = useLanguage();
  const t = useUiText();
  const latest = useRef({language, t});
  latest.current = {language, t};
  return useCallback(
    (values, id, onInput) => {
      const made: FormModel = createFormModel({id, schema: startSchema(start), access: startAccess(start), values, context: {round: 1, ...start.context}, tools: () => latest.current, onInput: () => onInput?.(made)});
      return made;
    },
    [start],
  );
}

/** The orders of the call, which one is shown, and its form. */
function useOrders({start, draft}: CallStart, {change, recover}: ReturnType<typeof useCallDraft>['autosave'], makeModel: MakeModel) {
  const [items, setItems] = useState<Items>(() => {
    const left = recover();
    if (left && left.value.length > 0 && left.at >= (draft?.savedAt ?? 0)) return left.value;
    return draft && draft.items.length > 0 ? draft.items : [start.values];
  });
  const [active, setActive] = useState(0);
  // What is typed now; the state follows only when orders are added, removed or switched.
  const itemsNow = useRef(items);
  const refused = useRef<ReadonlyMap<number, Readonly<Record<string, string>>>>(new Map());
  const isFirst = useRef(true);
  const model = useMemo(
    () =>
      makeModel(itemsNow.current[active] ?? start.values, 'item', made => {
        itemsNow.current = itemsNow.current.map((item, index) => (index === active ? made.typed(null) : withShared(start, made.typed(null), item)));
        change(itemsNow.current);
      }),
    // A new form for another order only; typing must not make it anew.
    [active, items.length, makeModel],
  );
  useEffect(() => {
    const left = recover();
    if (left) change(left.value);
  }, [change, recover]);
  useEffect(() => {
    const title = meaningOf(start, 'title');
    if (!isFirst.current && title !== null) model.focus(title);
    isFirst.current = false;
    const problems = refused.current.get(active);
    if (problems) model.show(problems);
    // A model stands for one order, so `active` changes with it.
  }, [model, start]);
  const put = (next: Items, shown: number) => {
    itemsNow.current = next;
    setItems(next);
    setActive(shown);
  };
  const putAndSave = (next: Items, shown: number) => {
    put(next, shown);
    change(next);
  };
  const without = (index: number) => itemsNow.current.filter((_, at) => at !== index);
  return {
    ...{model, items, active, itemsNow},
    showItem: (index: number) => put(itemsNow.current, index),
    addCopy: () => putAndSave([...itemsNow.current, copyItem(start, model.values())], itemsNow.current.length),
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
