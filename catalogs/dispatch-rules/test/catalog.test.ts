import {verifyCatalog} from '@banli/testing';

verifyCatalog(new URL('..', import.meta.url));
