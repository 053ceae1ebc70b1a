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
export function useCall({bundleId, start, draft, onDraft}: CallStart) {
  const {session} = useSession();
  const language = useLanguage();
  const t = useUiText();
  const cache = useQueryClient();
  const draftId = useRef(draft?.id ?? null);
  const latest = useRef({language, t, onDraft});
  latest.current = {language, t, onDraft};
  const autosave = useAutosave<readonly ItemValues[]>(`call.${session.person.id}.${draft?.id ?? `new.${bundleId}`}`, serverClock, async items => {
    const body = {bundleId, items: items.map(item => ({...item}))};
    const saved = await (draftId.current === null ? api.call(draftRoutes.create, {body}) : api.call(draftRoutes.save, {params: {draftId: draftId.current}, body}));
    if (draftId.current === null) latest.current.onDraft(saved.id);
    draftId.current = saved.id;
    void cache.invalidateQueries({queryKey: ['counts']});
    return saved.savedAt;
  });
  const [items, setItems] = useState<readonly ItemValues[]>(() => {
    const left = autosave.recover();
    if (left && left.value.length > 0 && left.at >= (draft?.savedAt ?? 0)) return left.value;
    return draft && draft.items.length > 0 ? draft.items : [start.values];
  });
  const [active, setActive] = useState(0);
  // What is typed now; the state follows only when orders are added, removed or switched.
  const itemsNow = useRef(items);
  const makeModel = useCallback(
    (values: ItemValues, id: string, onInput?: (model: FormModel) => void): FormModel => {
      const made: FormModel = createFormModel({id, schema: startSchema(start), access: startAccess(start), values, context: {round: 1, ...start.context}, tools: () => latest.current, onInput: () => onInput?.(made)});
      return made;
    },
    [start],
  );
  const {change} = autosave;
  const model = useMemo(
    () =>
      makeModel(itemsNow.current[active] ?? start.values, 'item', model => {
        itemsNow.current = itemsNow.current.map((item, index) => (index === active ? model.typed(null) : withShared(start, model.typed(null), item)));
        change(itemsNow.current);
      }),
    // A new form for another order only; typing must not make it anew.
    [active, items.length, makeModel],
  );
  useEffect(() => {
    const left = autosave.recover();
    if (left) change(left.value);
  }, [change]);
  const refused = useRef<ReadonlyMap<number, Readonly<Record<string, string>>>>(new Map());
  const isFirst = useRef(true);
  useEffect(() => {
    const title = meaningOf(start, 'title');
    if (!isFirst.current && title !== null) model.focus(title);
    isFirst.current = false;
    const problems = refused.current.get(active);
    if (problems) model.show(problems);
    // A model stands for one order, so `active` changes with it.
  }, [model, start]);
  const showItem = (index: number) => {
    setItems(itemsNow.current);
    setActive(index);
  };
  const submit = useMutation({
    mutationFn: async () => {
      await autosave.flush();
      const sent = itemsNow.current.map((item, index) => ({values: (index === active ? model : makeModel(item, 'other')).toSend(null)}));
      return api.call(caseRoutes.start, {body: {bundleId, items: sent, ...(draftId.current === null ? {} : {draftId: draftId.current})}});
    },
    onSuccess: () => {
      autosave.forget();
      for (const key of [['box'], ['counts']]) void cache.invalidateQueries({queryKey: key});
    },
    onError: error => {
      refused.current = problemsByItem(error, language, new Set(model.fields.keys()));
      const [first] = [...refused.current.keys()].sort((a, b) => a - b);
      if (first === undefined) return;
      if (refused.current.has(active)) model.show(refused.current.get(active) ?? {});
      else showItem(first);
    },
  });
  return {
    start,
    model,
    items,
    active,
    saved: autosave.current,
    flush: autosave.flush,
    submit,
    titleOf: (index: number, field: string | null) => (field === null ? '' : String((index === active ? model.values() : (itemsNow.current[index] ?? {}))[field] ?? '')),
    showItem,
    addCopy: () => {
      const all = [...itemsNow.current, copyItem(start, model.values())];
      itemsNow.current = all;
      setItems(all);
      setActive(all.length - 1);
      change(all);
    },
    removeItem: (index: number) => {
      const rest = itemsNow.current.filter((_, at) => at !== index);
      itemsNow.current = rest;
      setItems(rest);
      setActive(Math.max(0, Math.min(active, rest.length - 1)));
      change(rest);
    },
    /** Checks every order; shows the first that has something to correct, and gives whether all are good. */
    checkAll: (): boolean => {
      const order = [active, ...items.map((_, index) => index).filter(index => index !== active)];
      for (const index of order) {
        const checked = index === active ? model : makeModel(itemsNow.current[index] ?? {}, 'other');
        const [first] = Object.keys(checked.check());
        if (first === undefined) continue;
        if (index === active) model.focus(first);
        else showItem(index);
        return false;
      }
      return true;
    },
    discard: async () => {
      autosave.forget();
      if (draftId.current !== null) await api.call(draftRoutes.remove, {params: {draftId: draftId.current}});
      for (const key of [['box'], ['counts']]) void cache.invalidateQueries({queryKey: key});
    },
  };
}
