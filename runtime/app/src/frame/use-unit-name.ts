import {peopleRoutes} from '@banli/api';
import {unitTitle, useLanguage} from '@banli/ui';
import {useQuery} from '@tanstack/react-query';
import {useCallback, useMemo} from 'react';
import {api} from '../http/api.js';

const tenMinutes = 600_000;

/** Says a unit in the language of the person: the server tells names in Chinese, and the list of units knows the English ones. */
export function useUnitName(): (name: string | null | undefined) => string {
  const language = useLanguage();
  const {data} = useQuery({queryKey: ['units'], queryFn: () => api.call(peopleRoutes.units), staleTime: tenMinutes, enabled: language === 'en'});
  const titles = useMemo(() => new Map((language === 'en' ? (data?.units ?? []) : []).map(unit => [unit.name, unitTitle(unit, language)])), [data, language]);
  return useCallback(name => (name ? (titles.get(name) ?? name) : ''), [titles]);
}

/** Several units in one line. */
export function useUnitNames(): (units: ReadonlyArray<{readonly name: string}>) => string {
  const language = useLanguage();
  const unitName = useUnitName();
  return useCallback(units => units.map(unit => unitName(unit.name)).join(language === 'en' ? ', ' : '、'), [unitName, language]);
}
