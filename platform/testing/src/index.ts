export {readDocuments, readTextFiles, sourceFault, verifyCatalog} from './verify-catalog.js';
export {runWorker, sampleCase, type WorkerRun} from './run-worker.js';
export {verifyPlugin} from './verify-plugin.js';
export {verifySamples, verifyTemplate} from './verify-template.js';
export {runSample, type SampleRun} from './samples/run-sample.js';
export type {Sample, SampleAnswer, SampleEngine} from './samples/sample.js';
