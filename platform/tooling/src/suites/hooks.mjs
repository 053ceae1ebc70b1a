const stage = new URL('stage.mjs', import.meta.url).href;

/**
 * Whoever imports ava in a suite gets the stage, which knows to which file a test belongs; the stage itself gets ava.
 *
 * @type {import('node:module').ResolveHook}
 */
export function resolve(specifier, context, next) {
  return specifier === 'ava' && context.parentURL !== stage ? {url: stage, format: 'module', shortCircuit: true} : next(specifier, context);
}
