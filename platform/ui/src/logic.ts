/** The parts without React components and style sheets: usable in Node, too. */
export * from './autosave/autosave.js';
export * from './autosave/kept-texts.js';
export * from './errors.js';
export * from './form/check-values.js';
export * from './form/compiler.js';
export * from './form/field-views.js';
export * from './form/fields-of.js';
export * from './form/form-model.js';
export * from './form/prepare-schema.js';
export * from './i18n/hooks.js';
export * from './i18n/texts.js';
export * from './problems/problem-map.js';
export * from './session/leave.js';
export * from './session/page-client.js';
export * from './words/masks.js';
export * from './words/moments.js';
export * from './words/numbers.js';
