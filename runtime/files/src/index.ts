export {createFiles, type FileAccess, type FileAudit, type FileActor, type FileParts, type Files} from './files.js';
export type {FileView} from './file-row.js';
export type {FileLinking} from './link.js';
export {fileLimits, type FileLimits} from './limits.js';
export {cleanName, fileKinds, type FileKind} from './file-kinds.js';
export {fileErrors} from './errors.js';
