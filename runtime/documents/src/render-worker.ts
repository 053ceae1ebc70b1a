import {parentPort, workerData} from 'node:worker_threads';
import Handlebars from 'handlebars';
import {documentHelpers, knownHelpers} from './helpers.js';
import type {RenderAnswer, RenderOrder} from './render-protocol.js';

/** Runs in a thread of its own with a small heap: compiles checked templates once and renders them. */
const engine = Handlebars.create();
for (const name of ['lookup', 'log', 'with', 'helperMissing', 'blockHelperMissing']) engine.unregisterHelper(name);
for (const [name, helper] of Object.entries(documentHelpers)) {
  // The last argument is Handlebars' own options object: helpers get values only.
  engine.registerHelper(name, (...values: unknown[]) => helper(...values.slice(0, -1)));
}

const compiled = new Map<string, HandlebarsTemplateDelegate>();
const outputBytes = Number((workerData as {outputBytes: number}).outputBytes);

function templateOf(order: RenderOrder): HandlebarsTemplateDelegate {
  const key = `${order.output}\n${order.source}`;
  const known = compiled.get(key);
  if (known) return known;
  const template = engine.compile(String(order.source), {strict: true, knownHelpers: knownHelpers(), knownHelpersOnly: true, noEscape: order.output === 'text'});
  if (compiled.size >= 100) compiled.clear();
  compiled.set(key, template);
  return template;
}

function render(order: RenderOrder): RenderAnswer {
  try {
    const text = templateOf(order)(JSON.parse(order.dataJson), {allowProtoMethodsByDefault: false, allowProtoPropertiesByDefault: false});
    if (Buffer.byteLength(text) > outputBytes) return {id: order.id, fault: 'large', reason: ''};
    return {id: order.id, text};
  } catch (error) {
    return {id: order.id, fault: 'failed', reason: error instanceof Error ? error.message : String(error)};
  }
}

parentPort?.on('message', (order: RenderOrder) => parentPort?.postMessage(render(order)));
parentPort?.postMessage({id: 0, text: ''});
