export {startInstance, type Instance, type InstanceOptions, type ReadyMessage} from './instance.js';
export {createBrowser, signIn, uploadPicture, type Person} from './person.js';
export {createChecks, type Checks} from './checks.js';
export {runMainJob} from './main-job/run.js';
export {runCatalogChecks} from './catalog-checks/run.js';
