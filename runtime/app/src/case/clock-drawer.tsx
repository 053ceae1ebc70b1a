import {CheckOutlined, MinusOutlined} from '@ant-design/icons';
import {caseRoutes} from '@banli/api';
import {DueState, ErrorPanel, formatFull, Skeleton, useLocalize} from '@banli/ui';
import {useQuery} from '@tanstack/react-query';
import {Drawer} from 'antd';
import {Pair} from '../frame/pair.js';
import {api} from '../http/api.js';
import {useText} from '../texts/hook.js';
import {ownLimitWords, sourceWords} from './source-words.js';

/** Why a clock is due when it is: the row and its version, where counting began, each counted day and each pause. */
export function ClockDrawer({caseId, clockId, onClose}: {readonly caseId: string; readonly clockId: string | null; readonly onClose: () => void}) {
  const t = useText();
  const localize = useLocalize();
  const loaded = useQuery({queryKey: ['explain', caseId, clockId], queryFn: () => api.call(caseRoutes.explainClock, {params: {caseId, clockId: clockId ?? ''}}), enabled: clockId !== null});
  const why = loaded.data;
  return (
    <Drawer open={clockId !== null} onClose={onClose} width={480} title={why ? t('clock.title', {clock: localize(why.clock.title)}) : t('clock.plainTitle')}>
      {loaded.error ? <ErrorPanel error={loaded.error} onRetry={() => void loaded.refetch()} /> : null}
      {loaded.isPending ? <Skeleton rows={6} /> : null}
      {why ? (
        <div className="app-why">
          <div className="app-why-due">
            <DueState clock={why.clock} large />
            <div>{why.clock.dueAt === null ? t('clock.noDue') : t('rail.due', {moment: formatFull(why.clock.dueAt)})}</div>
            {why.clock.provisional ? <div className="banli-secondary">{t('clock.provisional')}</div> : null}
          </div>
          <dl className="app-pairs">
            {why.limit ? (
              <>
                <Pair title={t('clock.limit')} value={localize(why.limit.text)} {...(why.limit.own ? {more: ownLimitWords(why.limit.own, localize, t)} : {})} />
                <Pair title={t('clock.source')} value={sourceWords(why.limit.source, t)} />
                <Pair title={t('clock.row')} value={t(why.limit.catalog === 'limits' ? 'clock.rowOfTable' : 'clock.rowOfProcess', {version: why.limit.version})} more={t('clock.rowKey', {row: why.limit.rowTitle ? localize(why.limit.rowTitle) : why.limit.row})} moreTitle={why.limit.row} />
              </>
            ) : null}
            <Pair title={t('clock.start')} value={withStart(formatFull(why.clock.startedAt), localize(why.startRule))} />
          </dl>
          <h2>{t('clock.days')}</h2>
          <ol className="app-days">
            {why.lines.map((line, index) => (
              <li key={`${line.at} ${index}`} className={`app-day app-day-${line.counted ? 'counted' : 'skipped'} app-day-${line.kind}`}>
                {line.counted ? <CheckOutlined aria-hidden /> : <MinusOutlined aria-hidden />}
                <span className="app-day-at">{line.at}</span>
                <span>{withoutDate(localize(line.text), line.at)}</span>
                <span className="banli-secondary">{t(line.counted ? 'clock.counted' : 'clock.skipped')}</span>
              </li>
            ))}
          </ol>
        </div>
      ) : null}
    </Drawer>
  );
}

/** The moment before the rule, unless the rule tells it itself. */
function withStart(moment: string, rule: string): string {
  return rule.includes(moment) ? rule : `${moment}　${rule}`;
}

/** A line's text without the date that stands beside it. */
function withoutDate(text: string, date: string): string {
  return text.startsWith(date) ? text.slice(date.length).trimStart() : text;
}
