import {useLocalize} from '@banli/ui';
import {Button} from 'antd';
import {useEffect, useRef} from 'react';
import {useToolText} from '../texts/tools-hook.js';
import type {RowDiff} from './diff-view.js';

const mostNamed = 5;

/** Offers to leave out the rows that are held and to go on with the others; where all of them are, says so. */
export function HeldRows({held, chosen, onLeave}: {readonly held: number; readonly chosen: number; readonly onLeave: () => void}) {
  const t = useToolText();
  if (held === chosen) return <p className="app-catalog-note" role="status">{t('work.heldAll')}</p>;
  return (
    <div className="app-catalog-note" role="status">
      <p>{t('work.heldSome', {count: held})}</p>
      <Button onClick={onLeave}>{t('work.heldLeave', {count: held})}</Button>
    </div>
  );
}

/** Names the rows that were left out, and takes them back. It gets the focus, as the button that made it is gone. */
export function LeftOut({rows, onBack}: {readonly rows: readonly RowDiff[]; readonly onBack: () => void}) {
  const t = useToolText();
  const localize = useLocalize();
  const note = useRef<HTMLDivElement>(null);
  useEffect(() => note.current?.focus(), []);
  const names = rows.slice(0, mostNamed).map(row => localize(row.title)).join(t('work.heldComma'));
  return (
    <div ref={note} className="app-catalog-note" role="status" tabIndex={-1}>
      <p>{t(rows.length > mostNamed ? 'work.heldOutMany' : 'work.heldOut', {count: rows.length, names})}</p>
      <Button onClick={onBack}>{t('work.heldBack')}</Button>
    </div>
  );
}
