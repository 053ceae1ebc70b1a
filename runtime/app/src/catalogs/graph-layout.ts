import type {catalogLifeRoutes, AnswerOf} from '@banli/api';

/** The graph of a row as the server tells it. */
export type GraphJson = AnswerOf<typeof catalogLifeRoutes.graph>;
/** A row in it. */
export type GraphNodeJson = GraphJson['centre'];

/** A box or a heading of the picture, in pixels. */
export interface Box {
  readonly x: number;
  readonly y: number;
}

/** Where everything of the picture stands. */
export interface GraphLayout {
  readonly width: number;
  readonly height: number;
  readonly centre: Box;
  readonly heads: ReadonlyArray<Box & {readonly group: number}>;
  readonly nodes: ReadonlyArray<Box & {readonly group: number; readonly index: number}>;
  /** "+N" below a group that shows only some. */
  readonly rests: ReadonlyArray<Box & {readonly group: number; readonly count: number}>;
  /** Paths from the centre to the heading of each group. */
  readonly lines: ReadonlyArray<{readonly group: number; readonly path: string}>;
}

/** Size of a box. */
export const box = {width: 200, height: 30} as const;
const gap = 6;
const headHeight = 26;
const groupGap = 14;
const columnGap = 90;
/** Room between the end of a line and the words it leads to. */
const lineGap = 6;
/** Height of lines that pass above everything. */
const overTop = -8;

interface Part {
  readonly heads: Array<Box & {readonly group: number}>;
  readonly nodes: Array<Box & {readonly group: number; readonly index: number}>;
  readonly rests: Array<Box & {readonly group: number; readonly count: number}>;
}

/**
 * Places what the centre names on the left and what names it on the right, in one or two columns; on a narrow screen all of it below the centre.
 */
export function layoutGraph(groups: GraphJson['groups'], isNarrow: boolean): GraphLayout {
  const part: Part = {heads: [], nodes: [], rests: []};
  const named = groups.flatMap((group, index) => (group.names ? [index] : []));
  const naming = groups.flatMap((group, index) => (group.names ? [] : [index]));
  if (isNarrow) {
    const height = stack(groups, [...named, ...naming], {x: 24, y: box.height + groupGap * 2}, part);
    const centre = {x: 0, y: 0};
    return {width: box.width + 24, height, centre, ...part, lines: part.heads.map(head => ({group: head.group, path: `M 10 ${box.height} V ${head.y + headHeight / 2} H ${head.x - lineGap}`}))};
  }
  const halves = split(groups, naming);
  const left = named.length > 0 ? box.width + columnGap : 0;
  const centreX = left;
  const heights = [stack(groups, named, {x: 0, y: 0}, part), ...halves.map((half, column) => stack(groups, half, {x: centreX + box.width + columnGap + column * (box.width + 40), y: 0}, part))];
  const height = Math.max(box.height, ...heights);
  const centre = {x: centreX, y: Math.max(0, Math.min(height - box.height, 120))};
  const middle = centre.y + box.height / 2;
  const lines = part.heads.map(head => {
    const y = head.y + headHeight / 2;
    const isLeft = head.x < centreX;
    if (isLeft) return {group: head.group, path: curve(centreX, middle, centreX - columnGap / 2, head.x + box.width + lineGap, y)};
    const start = centreX + box.width;
    const firstX = start + columnGap;
    if (head.x <= firstX) return {group: head.group, path: curve(start, middle, start + columnGap / 2, head.x - lineGap, y)};
    // A second column is reached over the top of the first.
    return {group: head.group, path: `${curve(start, middle, start + columnGap / 2, firstX - lineGap, overTop)} H ${head.x - lineGap * 3} V ${y} H ${head.x - lineGap}`};
  });
  return {width: centreX + box.width + halves.length * (box.width + 40) + columnGap, height, centre, ...part, lines};
}

function curve(fromX: number, fromY: number, bend: number, toX: number, toY: number): string {
  return `M ${fromX} ${fromY} C ${bend} ${fromY} ${bend} ${toY} ${toX} ${toY}`;
}

function heightOf(group: GraphJson['groups'][number]): number {
  return headHeight + group.nodes.length * (box.height + gap) + (group.total > group.nodes.length ? 20 : 0) + groupGap;
}

/** Two columns as even as can be, in order; one when it is short. */
function split(groups: GraphJson['groups'], order: readonly number[]): ReadonlyArray<readonly number[]> {
  const total = order.reduce((sum, index) => sum + heightOf(groups[index] as GraphJson['groups'][number]), 0);
  if (total < 400 || order.length < 2) return [order];
  const first: number[] = [];
  for (let height = 0; first.length < order.length - 1 && height < total / 2;) {
    const index = order[first.length] as number;
    height += heightOf(groups[index] as GraphJson['groups'][number]);
    first.push(index);
  }
  return [first, order.slice(first.length)];
}

function stack(groups: GraphJson['groups'], order: readonly number[], at: Box, part: Part): number {
  let {y} = at;
  for (const index of order) {
    const group = groups[index];
    if (!group) continue;
    part.heads.push({x: at.x, y, group: index});
    y += headHeight;
    group.nodes.forEach((_, position) => {
      part.nodes.push({x: at.x, y, group: index, index: position});
      y += box.height + gap;
    });
    const rest = group.total - group.nodes.length;
    if (rest > 0) {
      part.rests.push({x: at.x, y, group: index, count: rest});
      y += 20;
    }
    y += groupGap;
  }
  return Math.max(0, y - groupGap);
}
