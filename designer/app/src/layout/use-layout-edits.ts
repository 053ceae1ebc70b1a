import {useState} from 'react';
import {composeForm, type Composition, type ComposedForm, type OutlineField} from './compose-form.js';
import {layoutText, moveField, newLayout, overruledBy, placeField, type PlacementPatch} from './edit-layout.js';
import type {LayoutFile} from './read-layers.js';

/** The layout in hand, and what can be done with the form through it. */
export interface LayoutEdits {
  readonly target: LayoutFile;
  readonly choices: readonly LayoutFile[];
  /** Whether the one in hand has no file yet. */
  readonly isNew: boolean;
  readonly form: ComposedForm;
  readonly choose: (path: string) => void;
  readonly place: (field: OutlineField, patch: PlacementPatch) => void;
  /** Whether it moved. */
  readonly move: (id: string, by: -1 | 1) => boolean;
  readonly canMove: (id: string) => {readonly up: boolean; readonly down: boolean};
  /** The file that decides about a field instead of the one in hand. */
  readonly overruled: (id: string) => string | null;
}

/** Edits one of the layouts that hold for the subject; a place without one of its own can get one. */
export function useLayoutEdits(composition: Composition, areaCode: string, onWrite: (path: string, text: string) => void): LayoutEdits {
  const [path, setPath] = useState<string | null>(null);
  const {layouts, form} = composition;
  const general = layouts.find(({layout}) => !layout.areas) ?? {path: `forms/layouts/${form}.layout.json`, layout: {form, fields: {}}};
  const local = areaCode === '' ? null : newLayout(form, areaCode);
  const isKnown = local !== null && layouts.some(({layout}) => layout.areas?.some(code => code === local.layout.areas?.[0]));
  const choices = [...(layouts.includes(general) ? [] : [general]), ...layouts, ...(local !== null && !isKnown ? [local] : [])];
  const target = choices.find(each => each.path === path) ?? general;
  const write = (next: LayoutFile): void => onWrite(next.path, layoutText(next.layout));
  return {
    target,
    choices,
    isNew: !layouts.some(each => each.path === target.path),
    form: composeForm(composition),
    choose: setPath,
    place: (field, patch) => write(placeField(composition, target, field.id, patch)),
    move: (id, by) => {
      const next = moveField(composition, target, id, by);
      if (next) write(next);
      return next !== null;
    },
    canMove: id => ({up: moveField(composition, target, id, -1) !== null, down: moveField(composition, target, id, 1) !== null}),
    overruled: id => overruledBy(layouts, target, id)?.path ?? null,
  };
}
