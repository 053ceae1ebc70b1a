import test from 'ava';
import {box, layoutGraph, type GraphJson} from '../src/catalogs/graph-layout.js';

const group = (name: string, names: boolean, count: number, total = count): GraphJson['groups'][number] => ({
  catalog: 'c', table: name, title: {'zh-CN': name}, names, total, nodes: Array.from({length: count}, (_, index) => ({catalog: 'c', table: name, key: `${name}${index}`, title: {'zh-CN': name}})),
});

/** Pairs of boxes that lie over each other. */
function overlaps(nodes: ReadonlyArray<{readonly x: number; readonly y: number}>): number {
  return nodes.flatMap((a, index) => nodes.slice(index + 1).filter(b => Math.abs(a.x - b.x) < box.width && Math.abs(a.y - b.y) < box.height)).length;
}

test('no box lies over another or outside the picture, whatever there is', t => {
  const cases = [[], [group('a', true, 1)], [group('a', false, 12, 40)], [group('a', true, 3), ...Array.from({length: 9}, (_, index) => group(`g${index}`, false, 12, 30))]];
  for (const groups of cases) {
    for (const isNarrow of [false, true]) {
      const layout = layoutGraph(groups, isNarrow);
      const all = [layout.centre, ...layout.nodes];
      t.is(overlaps(all), 0);
      t.true(all.every(each => each.x >= 0 && each.y >= 0 && each.x + box.width <= layout.width && each.y + box.height <= Math.max(layout.height, box.height)));
      t.is(layout.lines.length, groups.length);
      t.is(layout.rests.length, groups.filter(each => each.total > each.nodes.length).length);
    }
  }
});

test('a narrow picture fits a phone', t => {
  t.true(layoutGraph([group('a', true, 2), group('b', false, 12, 20)], true).width <= 320);
});
