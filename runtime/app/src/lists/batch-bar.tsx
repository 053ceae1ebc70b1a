import {mostInBatch, type InboxRowView} from '@banli/api';
import {useLocalize} from '@banli/ui';
import {App, Button} from 'antd';
import {useSession} from '../session/session-context.js';
import {useText} from '../texts/hook.js';
import {useListText} from '../texts/lists-hook.js';
import {batchOffers, type BatchOffer} from './batch.js';
import {BatchResult} from './batch-result.js';
import {rowKey} from './rows.js';
import {nothing, type Selection} from './selection.js';
import {useBatch} from './use-batch.js';

/** What the bar needs: the listed rows and which of them are chosen. */
export interface BatchBarProps {
  readonly rows: readonly InboxRowView[];
  readonly selection: Selection;
  readonly onSelect: (selection: Selection) => void;
}

/** The bar at the bottom while rows are chosen: what can be done with them at once, how far it is, and what became of each row. */
export function BatchBar({rows, selection, onSelect}: BatchBarProps) {
  const t = useListText();
  const own = useText();
  const {modal, message} = App.useApp();
  const {session} = useSession();
  const nameOf = useOfferName();
  const {state, start, stop, close} = useBatch((offer, lines) => {
    const failed = lines.filter(line => line.error !== null);
    onSelect(new Set(failed.map(line => rowKey(line.row))));
    if (failed.length > 0) return;
    close();
    void message.success(t('batch.done', {name: nameOf(offer), count: lines.length}));
  });
  const chosen = rows.filter(row => selection.has(rowKey(row)));
  const offers = batchOffers(chosen, session.person.id);
  const begin = (offer: BatchOffer) => {
    if (offer.command !== 'complete') return void start(offer);
    void modal.confirm({
      title: t('batch.confirm', {name: nameOf(offer), count: offer.rows.length}),
      content: t('batch.confirmHelp'),
      okText: nameOf(offer),
      cancelText: own('common.cancel'),
      onOk: () => void start(offer),
    });
    return undefined;
  };
  const running = state && state.lines === null ? state : null;
  return (
    <>
      {running || chosen.length > 0 ? (
        <section className="app-batch" aria-label={t('batch')}>
          {running ? (
            <>
              <span role="status">{running.isStopping ? t('batch.stopping') : t('batch.running', {name: nameOf(running.offer), done: running.done, count: running.offer.rows.length})}</span>
              <span className="app-top-space" />
              <Button onClick={stop} disabled={running.isStopping}>{t('batch.stop')}</Button>
            </>
          ) : (
            <>
              <span role="status">
                {t('batch.chosen', {count: chosen.length})}
                {chosen.length >= mostInBatch ? <span className="banli-secondary">　{t('batch.most', {most: mostInBatch})}</span> : null}
              </span>
              <Button type="text" onClick={() => onSelect(nothing)}>{t('batch.clear')}</Button>
              <span className="app-top-space" />
              {[...offers].reverse().map(offer => (
                <Button key={offer.key} type={offer === offers[0] ? 'primary' : 'default'} onClick={() => begin(offer)}>
                  {offer.rows.length === chosen.length ? nameOf(offer) : t('batch.some', {name: nameOf(offer), count: offer.rows.length})}
                </Button>
              ))}
            </>
          )}
        </section>
      ) : null}
      {state?.lines && state.lines.some(line => line.error !== null) ? <BatchResult name={nameOf(state.offer)} lines={state.lines} onClose={close} /> : null}
    </>
  );
}

/** What a batch is called: the bundle's word, or ours for taking and giving back. */
function useOfferName(): (offer: BatchOffer) => string {
  const t = useListText();
  const localize = useLocalize();
  return offer => (offer.name ? localize(offer.name) : t(offer.command === 'claim' ? 'batch.claim' : 'batch.release'));
}

