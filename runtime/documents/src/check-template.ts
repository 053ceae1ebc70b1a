import Handlebars from 'handlebars';
import {documentErrors} from './errors.js';
import {blockHelpers, documentHelpers} from './helpers.js';
import {maxBlockDepth, maxLoopDepth, maxTemplateLength, maxTemplateNodes} from './limits.js';

interface Node {
  readonly type: string;
  readonly loc?: {readonly start?: {readonly line?: number}};
}

interface PathNode extends Node {
  readonly original: string;
  readonly parts: readonly unknown[];
  readonly data: boolean;
}

interface CallNode extends Node {
  readonly path: Node;
  readonly params: readonly Node[];
  readonly hash?: {readonly pairs: readonly unknown[]};
  readonly escaped?: boolean;
  readonly program?: ProgramNode;
  readonly inverse?: ProgramNode;
}

interface ProgramNode extends Node {
  readonly body: readonly Node[];
  readonly blockParams?: readonly string[];
}

/** Names that lead out of plain data into the language itself. */
const closedNames: ReadonlySet<string> = new Set(['constructor', '__proto__', 'prototype', '__defineGetter__', '__defineSetter__', '__lookupGetter__', '__lookupSetter__']);
const loopData: ReadonlySet<string> = new Set(['index', 'first', 'last', 'key']);

/**
 * Checks a document template before it is compiled: only text, escaped values, `if`, `unless`, `each` and our helpers.
 *
 * Refused: anything but a string (a syntax tree could carry code: CVE-2026-33937), `{{{ }}}` and `{{& }}`, partials, inline partials,
 * decorators, unknown helpers, hash arguments, paths into `constructor` and its kind, loops nested more than three deep.
 * @param source - The text; typed unknown, as callers pass what they read.
 * @returns The same text.
 * @throws AppError `DOCUMENTS_TEMPLATE_REFUSED` with the line (from 1).
 */
export function checkTemplate(documentId: string, source: unknown): string {
  const refuse = (reason: string, node?: Node): never => {
    throw documentErrors.TEMPLATE_REFUSED({documentId, reason, line: node?.loc?.start?.line ?? 1});
  };
  if (typeof source !== 'string') return refuse('a template must be text');
  if (source.length > maxTemplateLength) refuse(`it is longer than ${maxTemplateLength} characters`);
  const check: Check = {nodes: 0, refuse};
  visitProgram(parse(documentId, source), 0, 0, check);
  return source;
}

interface Check {
  nodes: number;
  readonly refuse: (reason: string, node?: Node) => never;
}

function parse(documentId: string, source: string): ProgramNode {
  try {
    return Handlebars.parseWithoutProcessing(source) as unknown as ProgramNode;
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'it cannot be read';
    const line = Number(/on line (\d+)/.exec(reason)?.[1] ?? 1);
    throw documentErrors.TEMPLATE_REFUSED({documentId, reason: reason.split('\n')[0] ?? reason, line}, {cause: error});
  }
}

function visitProgram(program: ProgramNode, depth: number, loops: number, check: Check): void {
  if (program.blockParams?.length) check.refuse('block parameters are not allowed', program);
  for (const node of program.body) visitStatement(node, depth, loops, check);
}

function visitStatement(node: Node, depth: number, loops: number, check: Check): void {
  check.nodes += 1;
  if (check.nodes > maxTemplateNodes) check.refuse(`it has more than ${maxTemplateNodes} parts`, node);
  switch (node.type) {
    case 'ContentStatement':
    case 'CommentStatement':
      return;
    case 'MustacheStatement':
      return visitMustache(node as CallNode, check);
    case 'BlockStatement':
      return visitBlock(node as CallNode, depth, loops, check);
    default:
      check.refuse(`${words[node.type] ?? node.type} are not allowed`, node);
  }
}

const words: Readonly<Record<string, string>> = {
  PartialStatement: 'partials',
  PartialBlockStatement: 'partials',
  Decorator: 'decorators',
  DecoratorBlock: 'inline partials and decorators',
};

function visitMustache(node: CallNode, check: Check): void {
  if (node.escaped === false) check.refuse('unescaped values ({{{ }}} and {{& }}) are not allowed', node);
  visitCall(node, false, check);
}

function visitBlock(node: CallNode, depth: number, loops: number, check: Check): void {
  const name = pathName(node.path);
  if (!blockHelpers.has(name)) check.refuse(`the block ${name} is not allowed; there are ${[...blockHelpers].join(', ')}`, node);
  if (node.params.length !== 1) check.refuse(`the block ${name} takes one value`, node);
  visitArguments(node, check);
  const inner = loops + (name === 'each' ? 1 : 0);
  if (depth + 1 > maxBlockDepth) check.refuse(`blocks are nested deeper than ${maxBlockDepth}`, node);
  if (inner > maxLoopDepth) check.refuse(`loops are nested deeper than ${maxLoopDepth}`, node);
  if (node.program) visitProgram(node.program, depth + 1, inner, check);
  if (node.inverse) visitProgram(node.inverse, depth + 1, inner, check);
}

/** A value or a helper with arguments. */
function visitCall(node: CallNode, nested: boolean, check: Check): void {
  const name = pathName(node.path);
  const called = nested || node.params.length > 0 || (node.hash?.pairs.length ?? 0) > 0;
  if (called && !Object.hasOwn(documentHelpers, name)) check.refuse(`there is no helper ${name}; there are ${Object.keys(documentHelpers).join(', ')}`, node);
  if (!called) visitValue(node.path, check);
  visitArguments(node, check);
}

function visitArguments(node: CallNode, check: Check): void {
  if (node.hash && node.hash.pairs.length > 0) check.refuse('named arguments are not allowed', node);
  for (const param of node.params) visitValue(param, check);
}

function visitValue(node: Node, check: Check): void {
  check.nodes += 1;
  switch (node.type) {
    case 'StringLiteral':
    case 'NumberLiteral':
    case 'BooleanLiteral':
    case 'NullLiteral':
      return;
    case 'SubExpression':
      return visitCall(node as CallNode, true, check);
    case 'PathExpression':
      return visitPath(node as PathNode, check);
    default:
      check.refuse(`${node.type} is not allowed`, node);
  }
}

function visitPath(node: PathNode, check: Check): void {
  const parts = node.parts.map(String);
  const closed = parts.find(part => closedNames.has(part));
  if (closed !== undefined) check.refuse(`the name ${closed} is not allowed`, node);
  if (node.data && !(parts.length === 1 && loopData.has(parts[0] ?? ''))) check.refuse(`@${parts.join('.')} is not allowed; there are @index, @first, @last, @key`, node);
}

function pathName(node: Node): string {
  return 'original' in node ? String(node.original) : node.type;
}
