import type {SessionView} from '@banli/api';
import {createContext, useContext} from 'react';

/** Who works here, and how to change that. */
export interface SessionTools {
  readonly session: SessionView;
  readonly setSession: (session: SessionView | null) => void;
}

/** Holds the session below the gate. */
export const SessionContext = createContext<SessionTools | null>(null);

/** The session of the signed-in person. @throws Error outside of the gate. */
export function useSession(): SessionTools {
  const tools = useContext(SessionContext);
  if (!tools) throw new Error('A page was rendered outside of SessionGate.');
  return tools;
}

/** Says whether the active post has a permission. */
export function useCan(permission: string): boolean {
  return useSession().session.permissions.includes(permission);
}
