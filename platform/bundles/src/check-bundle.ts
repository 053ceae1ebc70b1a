import type {Bundle, BundleFiles, CompiledBundle, StepModel} from '@banli/formats';
import type {Problem} from '@banli/errors';
import {checkForms} from './check/check-forms.js';
import {checkGraph, checkIds} from './check/check-graph.js';
import {checkLayers} from './check/check-layers.js';
import {checkLimits} from './check/check-limits.js';
import {checkManifest} from './check/check-manifest.js';
import {checkStrands} from './check/check-strands.js';
import {checkPermissions} from './check/check-permissions.js';
import {checkRoutes} from './check/check-routes.js';
import {checkSteps} from './check/check-steps.js';
import {readParts, type BundleParts} from './check/read-parts.js';
import {kinds, type Installed, type World} from './check/world.js';
import {compileParts} from './compile/compile-parts.js';
import {readClockEvents, readSteps} from './drawing/read-steps.js';
import {bundleErrors} from './errors.js';
import {canonicalText, checkFiles, kindOfFile} from './files.js';
import {fieldsOfForms, modelsOf} from './model.js';

/** What a check found; `compiled` is there when no problem is an error. */
export interface BundleCheck {
  readonly problems: readonly Problem[];
  readonly compiled?: CompiledBundle;
}

/**
 * Checks a whole bundle and compiles it if nothing is wrong. All problems are listed at once, with file, element or
 * field, line and column, code and remedy. Pure: runs in Node and in the browser.
 *
 * @param files - Every file by path; unknown paths are refused.
 * @param installed - What is there beside the bundle; parts that are left out are not checked.
 */
export function checkBundle(files: BundleFiles, installed: Installed = {}): BundleCheck {
  const problems: Problem[] = checkFiles(files);
  if (problems.some(({code}) => code === 'BUNDLES_TOO_LARGE' || code === 'BUNDLES_TOO_MANY_FILES')) return {problems};
  const parts = readParts(files, problems);
  checkIds(parts.roots, problems);
  const world = buildWorld(parts, installed, problems);
  if (world) {
    for (const drawing of world.drawings) {
      checkGraph(world, drawing);
      checkSteps(world, drawing);
      checkRoutes(world, drawing);
    }
    checkForms(world);
    checkLayers(world);
    checkManifest(world);
    checkStrands(world);
    checkPermissions(world);
    checkLimits(world);
  }
  dropConsequences(problems);
  const {manifest, permissions, limits} = parts;
  if (!world || !manifest || !permissions || !limits || problems.some(({severity}) => severity !== 'warning')) return {problems: sorted(problems)};
  const texts = Object.fromEntries(Object.entries(files).filter(([path]) => kindOfFile(path) !== null).map(([path, text]) => [path, canonicalText(text)]));
  const processes = Object.fromEntries(parts.drawings.map(({processId, file}) => [processId, {file, xml: texts[file] ?? ''}]));
  const bundle: Bundle = {manifest, processes, forms: parts.forms, extensions: parts.extensions, layouts: parts.layouts, permissions, limits, documents: parts.documents, samples: parts.samples, files: texts};
  return {problems: sorted(problems), compiled: compileParts(bundle, parts.drawings, world.steps)};
}

/**
 * Compiles a bundle.
 * @throws AppError `BUNDLES_REFUSED` with every problem when something is wrong.
 */
export function compileBundle(files: BundleFiles, installed: Installed = {}): CompiledBundle {
  const {problems, compiled} = checkBundle(files, installed);
  if (!compiled) throw bundleErrors.REFUSED({count: problems.length}, {problems});
  return compiled;
}

/** Checks that depend on other files look at an empty file where one could not be read, so that all problems show at once. */
function buildWorld(parts: BundleParts, installed: Installed, problems: Problem[]): World | null {
  const {manifest, permissions, limits} = parts;
  if (!manifest || !permissions || !limits) return null;
  const steps: Record<string, StepModel> = Object.fromEntries(parts.drawings.flatMap(drawing => readSteps(drawing)).map(step => [step.id, step]));
  const outcomeVariables = Object.values(steps).flatMap(({outcomeVariable}) => outcomeVariable ?? []);
  return {
    manifest,
    permissions,
    limits,
    forms: parts.forms,
    extensions: parts.extensions,
    layouts: parts.layouts,
    fields: Object.fromEntries(fieldsOfForms(parts.forms).map(field => [field.name, field])),
    drawings: parts.drawings,
    steps,
    clockEvents: parts.drawings.flatMap(drawing => readClockEvents(drawing)),
    models: modelsOf({forms: parts.forms, variables: manifest.variables}, outcomeVariables),
    installed,
    problems,
    locate: parts.locate,
  };
}

/** What cannot be read leaves names that nothing seems to define; those are no problems of their own. */
function dropConsequences(problems: Problem[]): void {
  const broken = (folder: string): boolean => problems.some(({place, code}) => place.file?.startsWith(folder) === true && (code.startsWith('FORMATS_') || code.startsWith('BUNDLES_XML_') || code === 'BUNDLES_PROCESS_COUNT'));
  const ofForms = broken('forms/') ? new Set(['BUNDLES_FIELD_NOT_EDITABLE', 'EXPRESSIONS_ENTRY_UNKNOWN', kinds.form.en, kinds.field.en, kinds.fieldOrGroup.en]) : new Set();
  const ofDrawings = broken('processes/') ? new Set(['BUNDLES_EVENT_UNKNOWN', 'BUNDLES_PROCESS_MISSING', 'BUNDLES_CLOCK_NOT_DRAWN', 'BUNDLES_PARTICIPANTS_MISSING', kinds.step.en]) : new Set();
  const kept = problems.filter(({code, details}) => ![code, details?.['kind']].some(key => ofForms.has(key) || ofDrawings.has(key)));
  problems.splice(0, problems.length, ...kept);
}

function sorted(problems: readonly Problem[]): readonly Problem[] {
  const key = ({place, code}: Problem): string => `${place.file ?? ''}\u0000${String(place.line ?? 0).padStart(7, '0')}\u0000${String(place.column ?? 0).padStart(5, '0')}\u0000${code}`;
  return [...problems].sort((a, b) => (key(a) < key(b) ? -1 : 1));
}
