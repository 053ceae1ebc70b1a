export {createDocuments, type Documents, type RenderedDocument, type StoredDocument} from './documents.js';
export {checkTemplate} from './check-template.js';
export {checkData} from './check-data.js';
export {outputOf} from './output-of.js';
export {documentErrors} from './errors.js';
export {defaultLimits, type RenderLimits} from './limits.js';
