import {defineDesignerPlugin} from '@banli/sdk/designer';
import demoFails from '../../element-templates/demo-fails.json' with {type: 'json'};
import demoOk from '../../element-templates/demo-ok.json' with {type: 'json'};
import demoThrows from '../../element-templates/demo-throws.json' with {type: 'json'};

/** Service tasks of the demo for the designer's palette. */
export const demoDesigner = defineDesignerPlugin({id: 'demo', elementTemplates: [demoOk, demoFails, demoThrows]});
