import type {AppError} from '@banli/errors';
import {createContext, useCallback, useContext, useEffect, useMemo, useRef, useState} from 'react';

/** Takes the sentence that stands at a field; answers how to take it back. */
type Tell = (sentence: string) => () => void;

/** Holds where fields tell what stands at them, so that the top of the panel does not say it again. */
export const FieldErrorsContext = createContext<Tell | null>(null);

/** The sentences that stand at fields now, and where fields tell theirs. */
export function useFieldErrors(): {readonly shown: ReadonlySet<string>; readonly tell: Tell} {
  const [sentences, setSentences] = useState<readonly string[]>([]);
  const tell = useCallback<Tell>(sentence => {
    setSentences(before => [...before, sentence]);
    return () => setSentences(before => before.filter((_, index) => index !== before.indexOf(sentence)));
  }, []);
  const shown = useMemo(() => new Set(sentences), [sentences]);
  return {shown, tell};
}

/** Tells the panel what stands at this field, as long as it stands there. */
export function useTellFieldError(error: string | undefined): void {
  const tell = useContext(FieldErrorsContext);
  useEffect(() => (tell && error ? tell(error) : undefined), [tell, error]);
}

/** Holds where fields tell what was typed and cannot be written. */
export const UnwrittenContext = createContext<((error: AppError) => () => void) | null>(null);

/** Tells, as long as it stands there, that something in a field cannot be written. */
export function useTellUnwritten(error: AppError | undefined): void {
  const tell = useContext(UnwrittenContext);
  const latest = useRef(error);
  latest.current = error;
  const said = error && JSON.stringify([error.code, error.details]);
  useEffect(() => (tell && said !== undefined && latest.current ? tell(latest.current) : undefined), [tell, said]);
}
