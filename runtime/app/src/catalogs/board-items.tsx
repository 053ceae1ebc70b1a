import {useJoints, useLocalize} from '@banli/ui';
import {useToolText} from '../texts/tools-hook.js';
import {ownRows, type Board} from './board-rules.js';
import type {ListedRow} from './rows-tab.js';

/** The items of a board with where they are now: dragged by mouse, held with Enter. Branches with rows below are left out. */
export function BoardItems({board, items, links, targets, heldKey, onHold, onLetGo}: {
  readonly board: Board; readonly items: readonly ListedRow[]; readonly links: readonly ListedRow[]; readonly targets: readonly ListedRow[]; readonly heldKey: string | null; readonly onHold: (item: ListedRow | null) => void; readonly onLetGo: () => void;
}) {
  const t = useToolText();
  const joints = useJoints();
  const localize = useLocalize();
  const names = new Map(targets.map(target => [target.key, localize(target.title)]));
  const parents = new Set(items.flatMap(item => Object.entries(item.values).flatMap(([column, value]) => (column === 'parentCode' ? [value] : []))));
  const leaves = items.filter(item => item.values['status'] !== 'retired' && !parents.has(item.key));
  return (
    <section className="app-board-side" aria-label={localize(board.item.title)}>
      <h2>{localize(board.item.title)}<span className="banli-secondary app-number"> {leaves.length}</span></h2>
      <ul className="app-plain-list">
        {leaves.map(item => {
          const own = ownRows(board, links, item.key);
          const waiting = [...new Set(links.filter(row => row.values[board.item.name] === item.key).flatMap(row => row.pending.map(each => each.title)))];
          const isHeld = heldKey === item.key;
          return (
            <li key={item.key}>
              <button
                type="button" draggable aria-pressed={isHeld} title={item.key} className={`app-board-item${isHeld ? ' app-board-held' : ''}`} onClick={() => onHold(isHeld ? null : item)} onDragEnd={onLetGo}
                onDragStart={event => {
                  event.dataTransfer.setData('text/plain', item.key);
                  event.dataTransfer.effectAllowed = 'move';
                  onHold(item);
                }}
              >
                <span className="banli-one-line">{localize(item.title)}</span>
                {waiting.length > 0 ? <span className="app-mark app-board-waits banli-one-line" title={joints.list(waiting)}>{t('board.waits', {title: joints.list(waiting)})}</span> : null}
                <span className="banli-secondary banli-one-line">{own.length === 0 ? t('board.nowhere') : joints.list(own.map(row => names.get(row.values[board.target.name] ?? '') ?? row.values[board.target.name] ?? ''))}</span>
              </button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
