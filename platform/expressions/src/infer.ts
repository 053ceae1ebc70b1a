import type {AppError} from '@banli/errors';
import {expressionErrors} from './errors.js';
import {feelFunctions} from './functions.js';
import type {FeelNode} from './tree.js';
import {contextOf, feelTypes, fits, listOf, typeName, unite, type DataModel, type FeelType} from './types.js';
import {nearest} from './nearest.js';

/** Where inference reports what it finds. */
export interface Finder {
  readonly engine: boolean;
  report(error: AppError, node: FeelNode): void;
  use(name: string): void;
}

type Scope = DataModel & {readonly [local]?: ReadonlySet<string>};
type Rule = (node: FeelNode, scope: Scope, finder: Finder) => FeelType;

/** Names bound inside the expression (iteration variables, `item`) are not names of the caller. */
const local = Symbol('local');
const {string, number, boolean, any, range} = feelTypes;
const engineNodes = new Set(['Expression', 'VariableName', 'Comparison', 'Conjunction', 'Disjunction', 'ParenthesizedExpression', 'NumericLiteral', 'StringLiteral', 'BooleanLiteral', 'PositiveUnaryTest', 'PositiveUnaryTests', 'SimplePositiveUnaryTest', 'Interval', 'FunctionInvocation']);

/** The type of a node; everything wrong below it goes to `finder`. */
export function typeOf(node: FeelNode, scope: Scope, finder: Finder): FeelType {
  const rule = rules[node.name];
  if (!rule || (finder.engine && !engineNodes.has(node.name))) {
    finder.report(expressionErrors.CONSTRUCT({text: node.text, construct: node.name}), node);
    return any;
  }
  return rule(node, scope, finder);
}

function child(node: FeelNode, index: number): FeelNode {
  const found = node.children[index];
  if (!found) throw expressionErrors.SYNTAX({text: node.text, position: node.to + 1});
  return found;
}

function need(node: FeelNode, expected: FeelType, scope: Scope, finder: Finder): FeelType {
  const actual = typeOf(node, scope, finder);
  if (!fits(actual, expected)) finder.report(expressionErrors.TYPE({text: node.text, actual: typeName(actual), expected: typeName(expected)}), node);
  return actual;
}

function bind(scope: Scope, entries: DataModel): Scope {
  return {...scope, ...entries, [local]: new Set([...(scope[local] ?? []), ...Object.keys(entries)])};
}

function inferVariable(node: FeelNode, scope: Scope, finder: Finder): FeelType {
  const type = Object.hasOwn(scope, node.text) ? scope[node.text] : undefined;
  if (!type) {
    finder.report(expressionErrors.NAME_UNKNOWN({name: node.text, known: nearest(node.text, Object.keys(scope))}), node);
    return any;
  }
  if (!scope[local]?.has(node.text)) finder.use(node.text);
  return type;
}

function entryOf(parent: FeelType, node: FeelNode, name: FeelNode, finder: Finder): FeelType {
  if (parent.kind === 'any' || parent.kind === 'null') return any;
  if (parent.kind === 'list') return listOf(entryOf(parent.item, node, name, finder));
  if (parent.kind !== 'context') {
    const temporal = ['date', 'dateTime', 'time', 'duration'].includes(parent.kind);
    if (!temporal) finder.report(expressionErrors.TYPE({text: node.text, actual: typeName(parent), expected: 'context'}), node);
    return temporal ? number : any;
  }
  const entry = Object.hasOwn(parent.entries, name.text) ? parent.entries[name.text] : undefined;
  if (!entry && !parent.open) finder.report(expressionErrors.ENTRY_UNKNOWN({parent: node.text, name: name.text}), name);
  return entry ?? any;
}

function inferComparison(node: FeelNode, scope: Scope, finder: Finder): FeelType {
  const left = typeOf(child(node, 0), scope, finder);
  if (node.tokens.includes('in')) {
    for (const test of node.children.slice(1)) inferTest(test, left, scope, finder);
    return boolean;
  }
  if (node.tokens.includes('between')) {
    for (const bound of [child(node, 1), child(node, 2)]) compare(node, left, typeOf(bound, scope, finder), finder);
    return boolean;
  }
  const operator = child(node, 1).text;
  const right = typeOf(child(node, 2), scope, finder);
  compare(node, left, right, finder);
  const ordered = operator !== '=' && operator !== '!=';
  if (ordered && ['boolean', 'list', 'context'].includes(left.kind)) finder.report(expressionErrors.NOT_COMPARABLE({left: typeName(left), right: typeName(right), text: node.text}), node);
  return boolean;
}

function compare(node: FeelNode, left: FeelType, right: FeelType, finder: Finder): void {
  if (!fits(left, right) && !fits(right, left)) finder.report(expressionErrors.NOT_COMPARABLE({left: typeName(left), right: typeName(right), text: node.text}), node);
}

function inferTest(test: FeelNode, left: FeelType, scope: Scope, finder: Finder): void {
  if (test.name === 'PositiveUnaryTests') {
    for (const each of test.children) inferTest(each, left, scope, finder);
    return;
  }
  const inner = test.name === 'PositiveUnaryTest' || test.name === 'SimplePositiveUnaryTest' ? child(test, 0) : test;
  if (inner.name === 'CompareOp') return compare(test, left, typeOf(child(test, 1), scope, finder), finder);
  if (inner.name === 'SimplePositiveUnaryTest') return inferTest(inner, left, scope, finder);
  if (inner.name === 'Interval') {
    for (const bound of inner.children) compare(test, left, typeOf(bound, scope, finder), finder);
    return;
  }
  const type = typeOf(inner, scope, finder);
  if (type.kind === 'list') return compare(test, left, type.item, finder);
  if (type.kind !== 'range') compare(test, left, type, finder);
}

function inferArithmetic(node: FeelNode, scope: Scope, finder: Finder): FeelType {
  if (child(node, 0).name === 'ArithOp') return need(child(node, 1), number, scope, finder);
  const left = typeOf(child(node, 0), scope, finder);
  const operator = child(node, 1).text;
  const right = typeOf(child(node, 2), scope, finder);
  const temporal = [left, right].find(type => ['date', 'dateTime', 'time', 'duration'].includes(type.kind));
  if (temporal) return ['date', 'dateTime', 'time'].includes(left.kind) && left.kind === right.kind ? feelTypes.duration : temporal;
  if (operator === '+' && fits(left, string) && fits(right, string)) return left.kind === 'any' ? right : left;
  for (const [index, type] of [[0, left], [2, right]] as const) {
    if (!fits(type, number)) finder.report(expressionErrors.TYPE({text: child(node, index).text, actual: typeName(type), expected: operator === '+' ? 'number, or string on both sides' : 'number'}), child(node, index));
  }
  return number;
}

function inferCall(node: FeelNode, scope: Scope, finder: Finder): FeelType {
  const name = child(node, 0).text.replace(/\s+/g, ' ');
  const signature = Object.hasOwn(feelFunctions, name) && (!finder.engine || name === 'not') ? feelFunctions[name] : undefined;
  if (!signature) {
    finder.report(expressionErrors.FUNCTION_UNKNOWN({name, known: finder.engine ? ['not'] : nearest(name, Object.keys(feelFunctions))}), child(node, 0));
    return any;
  }
  const list = node.children[1];
  if (list?.name === 'NamedParameters') {
    finder.report(expressionErrors.CONSTRUCT({text: node.text, construct: 'NamedParameters'}), node);
    return any;
  }
  const given = list?.children ?? [];
  const types = given.map(each => typeOf(each, scope, finder));
  const {parameters, optional = 0, rest = false} = signature;
  const fitting = given.length >= parameters.length - optional && (rest || given.length <= parameters.length)
    && types.every((type, index) => fits(type, parameters[Math.min(index, parameters.length - 1)] ?? any));
  if (!fitting) {
    const expected = parameters.map(typeName).join(', ') + (rest ? ' …' : '');
    finder.report(expressionErrors.ARGUMENTS({name, expected: `(${expected})`, actual: `(${types.map(typeName).join(', ')})`}), node);
  }
  return typeof signature.result === 'function' ? signature.result(types) : signature.result;
}

function bindIterations(node: FeelNode, scope: Scope, finder: Finder): Scope {
  return child(node, 0).children.reduce((inner, each) => {
    const source = child(each, 1);
    const overNumbers = source.tokens.includes('..');
    const type = overNumbers ? listOf(number) : typeOf(child(source, 0), inner, finder);
    if (overNumbers) for (const bound of source.children) need(bound, number, inner, finder);
    if (!fits(type, listOf(any))) finder.report(expressionErrors.TYPE({text: source.text, actual: typeName(type), expected: 'list'}), source);
    return bind(inner, {[child(each, 0).text]: type.kind === 'list' ? type.item : any});
  }, scope);
}

function inferFilter(node: FeelNode, scope: Scope, finder: Finder): FeelType {
  const source = typeOf(child(node, 0), scope, finder);
  const item = source.kind === 'list' ? source.item : source;
  const entries = item.kind === 'context' ? item.entries : {};
  const filter = typeOf(child(node, 1), bind(scope, {...entries, item}), finder);
  return filter.kind === 'number' ? item : listOf(item);
}

function inferContext(node: FeelNode, scope: Scope, finder: Finder): FeelType {
  const entries: Record<string, FeelType> = {};
  for (const entry of node.children) {
    const key = child(entry, 0).text.replace(/^"|"$/g, '');
    entries[key] = typeOf(child(entry, 1), bind(scope, entries), finder);
  }
  return contextOf(entries);
}

function inferConstructor(node: FeelNode, scope: Scope, finder: Finder): FeelType {
  for (const each of node.children.find(part => part.name === 'PositionalParameters')?.children ?? []) typeOf(each, scope, finder);
  const name = node.children.find(part => part.name === 'DateTimeConstructor')?.text.replace(/\s+/g, ' ') ?? '';
  return ({date: feelTypes.date, time: feelTypes.time, duration: feelTypes.duration, 'date and time': feelTypes.dateTime} as const)[name] ?? any;
}

function allBoolean(node: FeelNode, scope: Scope, finder: Finder): FeelType {
  for (const each of node.children) need(each, boolean, scope, finder);
  return boolean;
}

const rules: Readonly<Record<string, Rule>> = {
  Expression: (node, scope, finder) => typeOf(child(node, 0), scope, finder),
  ParenthesizedExpression: (node, scope, finder) => typeOf(child(node, 0), scope, finder),
  VariableName: inferVariable,
  PathExpression: (node, scope, finder) => entryOf(typeOf(child(node, 0), scope, finder), child(node, 0), child(node, 1), finder),
  NumericLiteral: () => number,
  StringLiteral: () => string,
  BooleanLiteral: () => boolean,
  null: () => feelTypes.null,
  DateTimeLiteral: inferConstructor,
  Comparison: inferComparison,
  Conjunction: allBoolean,
  Disjunction: allBoolean,
  ArithmeticExpression: inferArithmetic,
  FunctionInvocation: inferCall,
  IfExpression: (node, scope, finder) => {
    need(child(node, 0), boolean, scope, finder);
    return unite(typeOf(child(node, 1), scope, finder), typeOf(child(node, 2), scope, finder));
  },
  QuantifiedExpression: (node, scope, finder) => {
    need(child(node, 1), boolean, bindIterations(node, scope, finder), finder);
    return boolean;
  },
  ForExpression: (node, scope, finder) => listOf(typeOf(child(node, 1), bindIterations(node, scope, finder), finder)),
  FilterExpression: inferFilter,
  Context: inferContext,
  List: (node, scope, finder) => listOf(node.children.map(each => typeOf(each, scope, finder)).reduce(unite, feelTypes.null)),
  SimplePositiveUnaryTest: (node, scope, finder) => (child(node, 0).name === 'Interval' ? typeOf(child(node, 0), scope, finder) : (finder.report(expressionErrors.CONSTRUCT({text: node.text, construct: node.name}), node), any)),
  Interval: (node, scope, finder) => {
    for (const bound of node.children) typeOf(bound, scope, finder);
    return range;
  },
};
