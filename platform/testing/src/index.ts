export {readTextFiles, verifyCatalog} from './verify-catalog.js';
