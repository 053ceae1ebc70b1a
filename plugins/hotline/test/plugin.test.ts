import {verifyPlugin} from '@banli/testing';
verifyPlugin(new URL('..', import.meta.url));
