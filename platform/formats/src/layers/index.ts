export {fitsSubject, isAskedFor, isDemanded, layerOf, layersFor, placedFields, type CaseLayers, type FieldPlacement, type FormExtension, type FormLayer, type FormLayout, type KeptLayers, type LayerCondition, type LayerSubject, type PlacedField} from './layer.js';
export {isMatterForm, matterForms, matterFormsOf, type FormOwners, type MatterForms} from './matter-forms.js';
export {formerLayer, layerForm} from './layer-form.js';
