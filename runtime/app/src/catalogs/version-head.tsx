import type {catalogLifeRoutes, AnswerOf} from '@banli/api';
import {formatMoment, useLanguage} from '@banli/ui';
import {serverClock} from '../http/api.js';
import {dayOf} from '../issue/issue-data.js';
import {useCatalogText} from '../texts/catalogs-hook.js';
import {useFieldText} from '../texts/fields-hook.js';
import {BasisList} from './basis-files.js';

/** A version on the time line. */
export type VersionEntry = AnswerOf<typeof catalogLifeRoutes.timeline>['entries'][number];

/** A version with its state, what it changed, and everybody who had a part in it. */
export function VersionHead({entry}: {readonly entry: VersionEntry}) {
  const t = useCatalogText();
  const language = useLanguage();
  const fieldText = useFieldText();
  const {change, withdrawn} = entry;
  const publisher = change?.publishedByName ?? (entry.publishedBy === 'system' ? t('versions.system') : entry.publishedBy);
  const when = (moment: number): string => formatMoment(moment, serverClock.now(), language);
  return (
    <>
      <div className="app-catalog-version">
        <strong className="app-number">{entry.version}</strong>
        {change?.versionName ? <strong>{change.versionName}</strong> : null}
        <span className={entry.state === 'past' ? 'banli-secondary' : 'app-mark'}>{t(`versions.${entry.state}`)}</span>
        <span>{t('versions.counts', entry.changed)}{entry.changed.fields > 0 ? fieldText('versions.fields', {count: entry.changed.fields}) : ''}{entry.changed.settings > 0 ? fieldText('versions.settings') : ''}</span>
      </div>
      <div className="banli-secondary">
        {change ? `${change.title} · ` : ''}
        {t('versions.by', {name: publisher, moment: when(entry.publishedAt), date: dayOf(entry.effectiveAt)})}
      </div>
      {change ? <div className="banli-secondary">{t('versions.people', {author: change.authorName, reviewer: change.decidedByName ?? t('versions.nobody'), publisher})}</div> : null}
      {change && change.basis.length > 0 ? <BasisList basis={change.basis} /> : null}
      {entry.remadeFrom ? <div className="banli-secondary">{t('versions.remade', {version: entry.remadeFrom})}</div> : null}
      {withdrawn ? <div>{withdrawn.supersededBy === null ? t('versions.withdrawnBy', {name: withdrawn.byName, moment: when(withdrawn.at), reason: withdrawn.reason ?? ''}) : t('versions.superseded', {name: withdrawn.byName, moment: when(withdrawn.at), version: withdrawn.supersededBy})}</div> : null}
    </>
  );
}
