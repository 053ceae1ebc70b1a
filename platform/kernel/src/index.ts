export {checkManifests, topicPrefix, type FoundManifest, type RefusedPlugin} from './check-manifests.js';
export {orderPlugins} from './order-plugins.js';
export {loadPlugins, type LoadedPlugin, type LoadOptions} from './load-plugins.js';
export {importServerPlugin, readManifests} from './read-plugins.js';
export {setUpPlugin} from './set-up-plugin.js';
export {inRange} from './version-range.js';
export {kernelErrors} from './errors.js';
