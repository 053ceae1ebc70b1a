import {parseExpression as parseFeel} from 'feelin';
import {expressionErrors} from './errors.js';

/** A node of a parsed expression; words and brackets stand in `tokens`, everything else in `children`. */
export interface FeelNode {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  readonly text: string;
  readonly tokens: readonly string[];
  readonly children: readonly FeelNode[];
}

/** Longest expression that is read, in characters. */
export const maxExpressionLength = 2000;
const maxDepth = 60;
const cacheSize = 2000;
const cache = new Map<string, FeelNode>();

/** What the parser's tree offers; declared here, as the parser's own types come from a package we do not depend on. */
interface SyntaxNode {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  readonly type: {readonly isError: boolean};
  readonly firstChild: SyntaxNode | null;
  readonly nextSibling: SyntaxNode | null;
}

/**
 * Reads FEEL text into a tree; the last 2,000 different texts are kept.
 *
 * @throws AppError `EXPRESSIONS_EMPTY`, `EXPRESSIONS_TOO_LONG`, `EXPRESSIONS_TOO_DEEP`, `EXPRESSIONS_SYNTAX` (with `position`, counted from 1).
 */
export function parseExpression(text: string): FeelNode {
  const known = cache.get(text);
  if (known) return known;
  if (text.trim() === '') throw expressionErrors.EMPTY();
  if (text.length > maxExpressionLength) throw expressionErrors.TOO_LONG({length: text.length, limit: maxExpressionLength});
  const top: SyntaxNode = parseFeel(text, {}, undefined).topNode;
  const tree = readNode(top, text, 0);
  if (tree.children.length !== 1) throw expressionErrors.SYNTAX({text, position: (tree.children[1]?.from ?? 0) + 1});
  if (cache.size >= cacheSize) cache.delete(cache.keys().next().value ?? '');
  cache.set(text, tree);
  return tree;
}

function readNode(node: SyntaxNode, text: string, depth: number): FeelNode {
  if (node.type.isError) throw expressionErrors.SYNTAX({text, position: Math.min(node.from, text.length) + 1});
  if (depth > maxDepth) throw expressionErrors.TOO_DEEP({limit: maxDepth});
  const children: FeelNode[] = [];
  const tokens: string[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling) {
    if (child.type.isError || /^[A-Z]/.test(child.name) || child.name === 'null') children.push(readNode(child, text, depth + 1));
    else tokens.push(child.name);
  }
  return {name: node.name, from: node.from, to: node.to, text: text.slice(node.from, node.to), tokens, children};
}
