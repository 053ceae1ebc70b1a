import type {CaseViewJson} from '@banli/api';
import {DueState, formatFull, formatMoment, useLanguage, useLocalize} from '@banli/ui';
import {useUnitName} from '../frame/use-unit-name.js';
import {serverClock} from '../http/api.js';
import {useText} from '../texts/hook.js';
import {FieldPairs} from './field-pairs.js';

type Strand = CaseViewJson['strands'][number];

/** Runs of one kind (supervisions), those that go on first: number, where it stands, when it is due, what was asked and answered. */
export function StrandList({strands}: {readonly strands: readonly Strand[]}) {
  return (
    <ul className="app-plain-list app-strands">
      {strands.map(strand => (
        <StrandItem key={strand.id} strand={strand} />
      ))}
    </ul>
  );
}

/** Strands by their title, in the order given. */
export function strandsByTitle(strands: readonly Strand[]): ReadonlyArray<readonly [Strand['title'], readonly Strand[]]> {
  const titles = [...new Map(strands.map(strand => [strand.title['zh-CN'], strand.title])).values()];
  return titles.map(title => [title, strands.filter(strand => strand.title['zh-CN'] === title['zh-CN'])]);
}

function StrandItem({strand}: {readonly strand: Strand}) {
  const t = useText();
  const localize = useLocalize();
  const language = useLanguage();
  const unitName = useUnitName();
  const when = (moment: number) => formatMoment(moment, serverClock.now(), language);
  return (
    <li className={`app-strand app-strand-${strand.endedAt === null ? 'open' : 'ended'}`}>
      <div className="app-strand-head">
        <strong>{strand.number ?? localize(strand.title)}</strong>
        <span className="banli-secondary">{strand.endedAt === null ? t('strand.open') : t('strand.ended')}</span>
      </div>
      {strand.steps.map(step => (
        <div key={step.taskId}>{[localize(step.name), unitName(step.unitName)].filter(Boolean).join(' · ')}</div>
      ))}
      {strand.clock ? (
        <div className="app-strand-due">
          <DueState clock={strand.clock} />
          {strand.clock.dueAt === null ? null : <span className="banli-secondary">{t('rail.due', {moment: formatFull(strand.clock.dueAt)})}</span>}
        </div>
      ) : null}
      <div className="banli-secondary">{strand.endedAt === null ? t('strand.since', {moment: when(strand.beganAt)}) : t('strand.from', {began: when(strand.beganAt), ended: when(strand.endedAt)})}</div>
      <FieldPairs fields={strand.fields} />
    </li>
  );
}
