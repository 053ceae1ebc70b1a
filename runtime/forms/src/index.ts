export {accessOf, type AccessRequest} from './access.js';
export {formErrors} from './errors.js';
export {fieldsOf, isEmpty, type FieldRule} from './fields.js';
export {createForms, type Forms} from './forms.js';
export {maskText, showValues} from './show.js';
export {type Submission, type SubmissionResult} from './submit.js';
export {defaultLimits, type WidgetSchemas} from './validators.js';
export {elementLayer, elementName, elementSections, type ElementRequest} from './layers/element-layer.js';
export {findLayers, layeredRelease} from './layers/layered-release.js';
