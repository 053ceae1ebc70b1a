import {draftRoutes} from '@banli/api';
import {useAutosave} from '@banli/ui';
import {useQueryClient} from '@tanstack/react-query';
import {useCallback, useRef} from 'react';
import {api, serverClock} from '../http/api.js';
import {randomKey} from '../http/random-key.js';
import {useSession} from '../session/session-context.js';
import {fittingItem} from './item-forms.js';
import type {ItemValues, StartForm} from './start-form.js';

/** What a call begins with: a new one, or a draft. */
export interface CallStart {
  readonly bundleId: string;
  readonly start: StartForm;
  readonly draft: {readonly id: string; readonly items: readonly ItemValues[]; readonly savedAt: number} | null;
  /** The draft got its id: the address may name it now. */
  readonly onDraft: (draftId: string) => void;
}

/** Values of all orders of a call. */
export type Items = readonly ItemValues[];

/** What this browser keeps until the server has it. The key lies beside it, so that a page that is opened again sends the same call and no second one. */
interface Kept {
  readonly callKey: string;
  readonly items: Items;
}

/**
 * The draft of the call: made at the first change, saved again at every further one. `name` gives what the server knows the call by: the key that is made
 * once for it, and the draft where there is one; whoever sends the call again sends the same.
 */
export function useCallDraft({bundleId, start, draft, onDraft}: CallStart) {
  const {session} = useSession();
  const cache = useQueryClient();
  const draftId = useRef(draft?.id ?? null);
  const isRenewed = useRef(false);
  const {change: keep, recover: recoverKept, ...autosave} = useAutosave<Kept>(session.person.id, `call.${draft?.id ?? `new.${bundleId}`}`, serverClock, async ({callKey: key, items}) => {
    const body = {bundleId, items: items.map(item => ({...fittingItem(cache, bundleId, start, item)}))};
    const isNew = draftId.current === null;
    const saved = await (draftId.current === null ? api.call(draftRoutes.create, {body: {...body, callKey: key}}) : api.call(draftRoutes.save, {params: {draftId: draftId.current}, body}));
    if (isNew && !isRenewed.current) onDraft(saved.id);
    draftId.current = saved.id;
    void cache.invalidateQueries({queryKey: ['counts']});
    return saved.savedAt;
  });
  const callKey = useRef<string | null>(null);
  callKey.current ??= recoverKept()?.value.callKey ?? randomKey();
  const change = useCallback((items: Items) => keep({callKey: callKey.current ?? '', items}), [keep]);
  const recover = useCallback(() => {
    const left = recoverKept();
    // What the former version of this page kept were the items alone.
    return left && {at: left.at, value: Array.isArray(left.value) ? (left.value as Items) : left.value.items};
  }, [recoverKept]);
  return {
    autosave: {...autosave, change, recover},
    draftId,
    name: () => ({callKey: callKey.current ?? '', ...(draftId.current === null ? {} : {draftId: draftId.current})}),
    /** Makes another call of it, as what was typed since the first was registered is not in there. */
    renew: (items: Items) => {
      isRenewed.current = true;
      callKey.current = randomKey();
      draftId.current = null;
      change(items);
    },
  };
}
