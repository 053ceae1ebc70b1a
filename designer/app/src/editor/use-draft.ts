import {designRoutes, type AnswerOf} from '@banli/api';
import type {BundleFiles} from '@banli/formats';
import {systemClock} from '@banli/time';
import {useAutosave, type SaveState} from '@banli/ui';
import {useCallback, useEffect, useRef, useState} from 'react';
import {api} from '../http/api.js';

type Loaded = AnswerOf<typeof designRoutes.draft>;

/** What waits to be saved: changed files, and the revision they were made on. */
interface Pending {
  readonly files: BundleFiles;
  readonly revision: number;
}

/** A draft being edited. */
export interface Draft {
  readonly files: BundleFiles;
  readonly revision: number;
  /** Something differs from the current release. */
  readonly isChanged: boolean;
  readonly saving: SaveState;
  /** Changes found on this computer that were made on another revision; the person decides. */
  readonly leftover: BundleFiles | null;
  write(path: string, text: string): void;
  takeLeftover(take: boolean): void;
  /** Saves what waits; resolves with the revision on the server. */
  flush(): Promise<number>;
}

/**
 * Holds the files of a draft, saves changes by itself, and keeps them on this computer until the server has them.
 * @param personId - Who edits: two persons at one computer never meet.
 */
export function useDraft(personId: string, bundleId: string, loaded: Loaded): Draft {
  const [files, setFiles] = useState<BundleFiles>(loaded.files);
  const [leftover, setLeftover] = useState<BundleFiles | null>(null);
  const state = useRef({pending: {} as BundleFiles, revision: loaded.revision});
  const [revision, setRevision] = useState(loaded.revision);
  const save = useCallback(async (value: Pending) => {
    const answer = await api.call(designRoutes.saveDraft, {params: {bundleId}, body: {files: {...value.files}, revision: state.current.revision}});
    const rest = Object.entries(state.current.pending).filter(([path, text]) => value.files[path] !== text);
    state.current = {pending: Object.fromEntries(rest), revision: answer.revision};
    setRevision(answer.revision);
    return answer.savedAt;
  }, [bundleId]);
  const autosave = useAutosave<Pending>(personId, `draft.${bundleId}`, systemClock, save);
  const {change, flush, recover, forget} = autosave;
  const apply = useCallback((more: BundleFiles) => {
    state.current.pending = {...state.current.pending, ...more};
    setFiles(before => ({...before, ...more}));
    change({files: state.current.pending, revision: state.current.revision});
  }, [change]);
  useEffect(() => {
    const found = recover();
    if (!found) return;
    const missing = Object.entries(found.value.files).filter(([path, text]) => loaded.files[path] !== text);
    if (missing.length === 0) forget();
    else if (found.value.revision === loaded.revision) apply(Object.fromEntries(missing));
    else setLeftover(Object.fromEntries(missing));
  }, [recover, apply, forget, loaded]);
  return {
    files,
    revision,
    isChanged: revision > 0 || Object.keys(state.current.pending).length > 0,
    saving: autosave.current,
    leftover,
    write: (path, text) => {
      if (files[path] !== text) apply({[path]: text});
    },
    takeLeftover: take => {
      if (take && leftover) apply(leftover);
      if (!take) forget();
      setLeftover(null);
    },
    flush: async () => {
      await flush();
      return state.current.revision;
    },
  };
}
