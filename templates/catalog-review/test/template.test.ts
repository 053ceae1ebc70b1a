import {verifyTemplate} from '@banli/testing';
verifyTemplate(new URL('..', import.meta.url));
