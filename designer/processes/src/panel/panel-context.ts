import {createContext, useContext} from 'react';
import type {DesignContext} from '../design/design-context.js';
import type {ProcessModeler} from '../modeler/process-modeler.js';
import type {DiagramElement} from '../modeler/services.js';

/** What every part of the panel works with. */
export interface PanelTools {
  readonly modeler: ProcessModeler;
  readonly element: DiagramElement;
  readonly design: DesignContext;
  /** Grows with every change of the drawing, so that the panel reads again. */
  readonly revision: number;
}

/** Holds the tools below the panel. */
export const PanelContext = createContext<PanelTools | null>(null);

/** The tools of the panel. @throws Error outside of it. */
export function usePanel(): PanelTools {
  const tools = useContext(PanelContext);
  if (!tools) throw new Error('A part of the properties panel was rendered outside of it.');
  return tools;
}
