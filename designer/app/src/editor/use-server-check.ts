import {designRoutes} from '@banli/api';
import type {ErrorDetails, Problem} from '@banli/errors';
import type {BundleFiles} from '@banli/formats';
import {useMutation} from '@tanstack/react-query';
import {App} from 'antd';
import {api} from '../http/api.js';
import {useText} from '../texts/hook.js';

const none: readonly Problem[] = [];

/** Asks the server to check the files as they stand; its problems count until something changes. It knows what is installed better than the page. */
export function useServerCheck(bundleId: string, files: BundleFiles): {readonly problems: readonly Problem[]; readonly isPending: boolean; readonly error: unknown; readonly run: () => void} {
  const t = useText();
  const {message} = App.useApp();
  const check = useMutation({
    mutationFn: async (checked: BundleFiles) => ({checked, problems: (await api.call(designRoutes.check, {params: {bundleId}, body: {files: {...checked}}})).problems.map(toProblem)}),
    onSuccess: ({problems}) => {
      if (problems.length === 0) void message.success(t('editor.checked'));
      else void message.warning(t('editor.checkedProblems', {count: problems.length}));
    },
  });
  return {problems: check.data?.checked === files ? check.data.problems : none, isPending: check.isPending, error: check.error, run: () => check.mutate(files)};
}

/** Both lists as one; what both found stands once. */
export function mergeProblems(own: readonly Problem[], more: readonly Problem[]): readonly Problem[] {
  const key = ({code, message, place}: Problem): string => JSON.stringify([code, message, place.file, place.element, place.field, place.line]);
  const known = new Set(own.map(key));
  const added = more.filter(problem => !known.has(key(problem)));
  return added.length === 0 ? own : [...own, ...added];
}

function toProblem({code, message, place, details, severity}: {code: string; message: string; place: {file?: string; element?: string; field?: string; line?: number; column?: number}; details?: Record<string, unknown>; severity?: 'error' | 'warning'}): Problem {
  return {code, message, place, ...(details ? {details: details as ErrorDetails} : {}), ...(severity ? {severity} : {})};
}
