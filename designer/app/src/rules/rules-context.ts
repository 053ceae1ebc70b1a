import type {Problem} from '@banli/errors';
import type {BundleFiles} from '@banli/formats';
import {createContext, useContext} from 'react';
import type {Written} from './edit-rules.js';
import type {Rules} from './read-rules.js';

/** What the sections of the tab work on. */
export interface RulesDesk {
  readonly files: BundleFiles;
  readonly rules: Rules;
  readonly mayEdit: boolean;
  /** Problems at a place and within it. */
  readonly problemsAt: (place: string) => readonly Problem[];
  readonly write: (written: Written) => void;
}

/** The desk of the tab that is open. */
export const RulesContext = createContext<RulesDesk | null>(null);

/** @throws Error outside of the tab. */
export function useRules(): RulesDesk {
  const desk = useContext(RulesContext);
  if (!desk) throw new Error('There is no tab of rules around this part.');
  return desk;
}
