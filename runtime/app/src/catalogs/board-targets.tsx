import {useLocalize} from '@banli/ui';
import {useState} from 'react';
import {useToolText} from '../texts/tools-hook.js';
import type {Board, TargetState} from './board-rules.js';
import type {ListedRow} from './rows-tab.js';

/** The targets of a board. While an item is held each says in words whether it may come here, and why not; only those that may take it. */
export function BoardTargets({board, targets, links, states, isHolding, onDrop}: {
  readonly board: Board; readonly targets: readonly ListedRow[]; readonly links: readonly ListedRow[]; readonly states: ReadonlyMap<string, TargetState> | null; readonly isHolding: boolean; readonly onDrop: (key: string) => void;
}) {
  const t = useToolText();
  const localize = useLocalize();
  const [over, setOver] = useState<string | null>(null);
  const count = (key: string) => links.filter(row => row.values[board.target.name] === key && row.values['status'] !== 'retired').length;
  return (
    <section className="app-board-side" aria-label={localize(board.target.title)}>
      <h2>{localize(board.target.title)}</h2>
      <ul className="app-plain-list">
        {targets.map(target => {
          const state = states?.get(target.key);
          const takes = state?.kind === 'free' || state?.kind === 'warned';
          return (
            <li key={target.key} style={{paddingInlineStart: target.path.length * 16}}>
              <button
                type="button" disabled={!isHolding || !takes} className={`app-board-target app-board-${state?.kind ?? 'idle'}${over === target.key && takes ? ' app-board-over' : ''}`} onClick={() => onDrop(target.key)}
                onDragOver={event => {
                  if (!takes) return;
                  event.preventDefault();
                  setOver(target.key);
                }}
                onDragLeave={() => setOver(null)}
                onDrop={event => {
                  event.preventDefault();
                  setOver(null);
                  onDrop(target.key);
                }}
              >
                <span className="app-board-line">
                  <span className="banli-one-line">{localize(target.title)}</span>
                  <span className="banli-secondary app-number">{count(target.key)}</span>
                  {state ? <span className="app-board-word">{t(`board.${state.kind}`)}</span> : null}
                </span>
                {state && state.kind !== 'own' && state.why.length > 0 ? <span className="app-board-why">{state.why.map(problem => localize({'zh-CN': problem.messageZh ?? problem.message, en: problem.message})).join(' ')}</span> : null}
              </button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
