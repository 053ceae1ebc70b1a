import {useLocalize} from '@banli/ui';
import {useMemo} from 'react';
import {useToolText} from '../texts/tools-hook.js';
import {box, layoutGraph, type Box, type GraphJson, type GraphNodeJson} from './graph-layout.js';

const margin = 16;
const mostLetters = 13;

/** The picture of a row and its neighbours. Rows of catalogs can be focused and opened; what is no catalog (a unit) is only shown. */
export function RowGraph({graph, isNarrow, label, onGo}: {readonly graph: GraphJson; readonly isNarrow: boolean; readonly label: string; readonly onGo: (node: GraphNodeJson) => void}) {
  const t = useToolText();
  const localize = useLocalize();
  const layout = useMemo(() => layoutGraph(graph.groups, isNarrow), [graph.groups, isNarrow]);
  const [width, height] = [layout.width + margin * 2, layout.height + margin * 2];
  return (
    <div className="app-graph">
      <svg width={width} height={height} viewBox={`${-margin} ${-margin} ${width} ${height}`} role="group" aria-label={label}>
        {layout.lines.map(line => <path key={line.group} className="app-graph-line" d={line.path} />)}
        {layout.heads.map(head => <text key={head.group} className="app-graph-head" x={head.x} y={head.y + 17}>{localize(graph.groups[head.group]?.title)}</text>)}
        <NodeBox at={layout.centre} node={graph.centre} text={localize(graph.centre.title)} isCentre />
        {layout.nodes.map(each => {
          const node = graph.groups[each.group]?.nodes[each.index];
          if (!node) return null;
          return <NodeBox key={`${each.group}.${each.index}`} at={each} node={node} text={localize(node.title)} onGo={node.catalog === null ? undefined : () => onGo(node)} />;
        })}
        {layout.rests.map(rest => <text key={rest.group} className="app-graph-rest" x={rest.x} y={rest.y + 14}>{t('graph.rest', {count: rest.count})}</text>)}
      </svg>
    </div>
  );
}

function NodeBox({at, node, text, isCentre = false, onGo}: {readonly at: Box; readonly node: GraphNodeJson; readonly text: string; readonly isCentre?: boolean; readonly onGo?: (() => void) | undefined}) {
  const letters = [...text];
  const short = letters.length > mostLetters ? `${letters.slice(0, mostLetters - 1).join('')}…` : text;
  const shape = (
    <>
      <title>{`${text} ${node.key}`}</title>
      <rect width={box.width} height={box.height} rx={4} />
      <text x={10} y={20}>{short}</text>
    </>
  );
  const place = `translate(${at.x} ${at.y})`;
  if (!onGo) return <g transform={place} className={isCentre ? 'app-graph-node app-graph-centre' : 'app-graph-node'}>{shape}</g>;
  return (
    <g
      transform={place} className="app-graph-node app-graph-link" role="link" tabIndex={0} aria-label={`${text} ${node.key}`} onClick={onGo}
      onKeyDown={event => {
        if (event.key !== 'Enter') return;
        event.preventDefault();
        onGo();
      }}
    >
      {shape}
    </g>
  );
}
