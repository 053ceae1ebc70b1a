import {ApiError, type CallInput, type Route} from '@banli/api';
import {ErrorPanel} from '@banli/ui';
import {useMutation} from '@tanstack/react-query';
import {App} from 'antd';
import {createElement} from 'react';
import {useText} from '../texts/hook.js';
import {api} from './api.js';

/** Long enough for the browser to begin to save. */
const keepMs = 60_000;

/** Fetches a file and hands it to the browser to save. @throws ApiError */
async function saveFile<R extends Route>(route: R, input: CallInput<R>, name: string): Promise<void> {
  const file = await api.file(route, input);
  const address = URL.createObjectURL(file.content as Blob);
  const link = document.createElement('a');
  link.href = address;
  link.download = file.name ?? name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), keepMs);
}

/** Saves files one at a time; what goes wrong is said in a dialog, where a plain link would save the refusal in place of the file. */
export function useSaveFile(): {readonly isPending: boolean; save<R extends Route>(route: R, input: CallInput<R>, name: string): void} {
  const t = useText();
  const {modal} = App.useApp();
  const {isPending, mutate} = useMutation({
    mutationFn: (work: () => Promise<void>) => work(),
    // An ended session asks for the password by itself.
    onError: error => (error instanceof ApiError && error.status === 401 ? undefined : void modal.error({title: t('person.failed'), content: createElement(ErrorPanel, {error}), icon: null})),
  });
  return {isPending, save: (route, input, name) => (isPending ? undefined : mutate(() => saveFile(route, input, name)))};
}
