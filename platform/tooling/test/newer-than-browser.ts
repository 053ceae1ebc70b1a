import ts from 'typescript';

/** The oldest Chromium that people work in: what the web applications are built for, and what came later. */
export const oldestBrowser = 109;

/** Methods and properties that came after it, with the version. No library polyfills them here, and the build lowers syntax only. */
const members: Readonly<Record<string, number>> = {
  toSorted: 110, toSpliced: 110, toReversed: 110, with: 110, isWellFormed: 111, toWellFormed: 111,
  union: 122, intersection: 122, difference: 122, symmetricDifference: 122, isSubsetOf: 122, isSupersetOf: 122, isDisjointFrom: 122,
  showPopover: 114, hidePopover: 114, togglePopover: 114, startViewTransition: 111, moveBefore: 133, requestClose: 134, getHTML: 125, setHTMLUnsafe: 124,
};

/** The same for what stands on a global object. */
const statics: Readonly<Record<string, number>> = {
  'AbortSignal.any': 116, 'Object.groupBy': 117, 'Map.groupBy': 117, 'Promise.withResolvers': 119, 'Promise.try': 128, 'URL.canParse': 120, 'URL.parse': 126, 'Array.fromAsync': 121,
  'Intl.DurationFormat': 129, 'Iterator.from': 122, 'RegExp.escape': 136, 'Uint8Array.fromBase64': 140,
};

/** The same for style sheets. What is passed over without harm where it is unknown, such as colours of scroll bars, may be used. */
const styles: ReadonlyArray<readonly [what: string, found: RegExp, version: number]> = [
  ['color-mix()', /color-mix\(/, 111], ['oklch() and its like', /\b(?:ok)?l(?:ch|ab)\(/, 111], ['nesting', /(?:^|[{;}])\s*&/m, 120], ['sin() and its like', /\b(?:sin|cos|tan|atan2|pow|hypot)\(/, 111], ['round()', /\bround\(/, 125],
  ['text-wrap', /\btext-wrap\s*:/, 114], ['subgrid', /\bsubgrid\b/, 117], ['@starting-style', /@starting-style/, 117], ['@scope', /@scope\b/, 118], [':dir()', /:dir\(/, 120], ['light-dark()', /light-dark\(/, 123],
  ['field-sizing', /\bfield-sizing\s*:/, 123], ['anchor()', /\banchor\(|\banchor-name\s*:/, 125], [':popover-open', /:popover-open/, 114], ['linear()', /\blinear\(/, 113],
];

/** What a script calls or reads that the oldest browser does not have, each with its line; `only` leaves out names that objects of others carry, too. */
export function newerInScript(source: ts.SourceFile, only: (name: string) => boolean = () => true): readonly string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isPropertyAccessExpression(node)) {
      const name = node.name.text;
      const full = `${node.expression.getText(source)}.${name}`;
      const isCalled = ts.isCallExpression(node.parent) && node.parent.expression === node;
      const version = Object.hasOwn(statics, full) ? statics[full] : isCalled && Object.hasOwn(members, name) && only(name) ? members[name] : undefined;
      if (version !== undefined && version > oldestBrowser) found.push(`${line(source, node)} ${Object.hasOwn(statics, full) ? full : name} (${version})`);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** What a style sheet uses that the oldest browser does not have, declaration by declaration. */
export function newerInStyle(text: string): readonly string[] {
  const plain = text.replace(/\/\*[^]*?\*\//g, '');
  return styles.filter(([, , version]) => version > oldestBrowser).flatMap(([what, found, version]) => [...plain.matchAll(new RegExp(found.source, `${found.flags}g`))].map(match => `${declaration(plain, match.index)}: ${what} (${version})`));
}

function declaration(text: string, at: number): string {
  const from = Math.max(...['{', ';', '}', '\n'].map(end => text.lastIndexOf(end, at)));
  return text.slice(from + 1, at + 80).split(/[:{]/)[0]?.trim() ?? '';
}

function line(source: ts.SourceFile, node: ts.Node): number {
  return source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1;
}
