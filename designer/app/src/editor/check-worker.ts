import {checkBundle} from '@banli/bundles';
import type {CheckAnswer, CheckRequest} from './check-protocol.js';

/** Checks bundles beside the page, so that typing stays quick. */
self.addEventListener('message', (event: MessageEvent<CheckRequest>) => {
  const {id, files, installed} = event.data;
  const answer: CheckAnswer = {id, problems: checkBundle(files, installed).problems};
  self.postMessage(answer);
});
