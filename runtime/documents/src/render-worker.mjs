/** Entry of the rendering thread: teaches it TypeScript, as a thread does not inherit the loader of its process. */
import {register} from 'tsx/esm/api';

register();
await import('./render-worker.ts');
