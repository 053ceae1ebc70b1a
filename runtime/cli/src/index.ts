export {commands, run} from './run.js';
export type {Command, CommandContext} from './command.js';
export {cliErrors} from './errors.js';
