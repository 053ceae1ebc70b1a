export {fitsSubject, isDemanded, layerOf, layersFor, placedFields, type CaseLayers, type FieldPlacement, type FormExtension, type FormLayer, type FormLayout, type KeptLayers, type LayerCondition, type LayerSubject, type PlacedField} from './layer.js';
export {formerLayer, layerForm} from './layer-form.js';
