export {readDesignContext, type Choice, type DesignContext, type WorkerChoice} from './design/design-context.js';
export {readElementTemplates, type ElementTemplate, type TemplateField} from './design/element-templates.js';
export {ProcessEditor, type ProcessEditorProps} from './process-editor.js';
export {marksOf} from './problems/marks.js';
export {ProblemList} from './problems/problem-list.js';
export {problemSentence} from './problems/sentence.js';
export {problemTexts} from './problems/texts.js';
export {processTexts} from './texts/hook.js';
