import {defineServerPlugin} from '@banli/sdk/server';
import {openRedo} from './open-redo.js';
import {planCallback} from './plan-callback.js';
import {proposeDispatch} from './propose-dispatch.js';
import {remindSign} from './remind-sign.js';
import {renderReply} from './render-reply.js';
import {sendAcceptNotice} from './send-accept-notice.js';
import {sendCloseNotice} from './send-close-notice.js';

/** The workers of the hotline process. */
export const hotlineServer = defineServerPlugin({
  id: 'hotline',
  needs: ['workers', 'catalogs', 'units'],
  setup({workers, catalogs, units}) {
    workers.handle(sendAcceptNotice({units}));
    workers.handle(proposeDispatch({catalogs, units}));
    workers.handle(remindSign({units}));
    workers.handle(renderReply({catalogs, units}));
    workers.handle(sendCloseNotice({units}));
    workers.handle(planCallback());
    workers.handle(openRedo());
  },
});
