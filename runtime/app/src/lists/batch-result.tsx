import {CheckCircleOutlined, ExclamationCircleOutlined} from '@ant-design/icons';
import {problemText, useLanguage, viewError} from '@banli/ui';
import {ApiError} from '@banli/api';
import {Button, Modal} from 'antd';
import {Link} from 'react-router-dom';
import {useText} from '../texts/hook.js';
import {useListText} from '../texts/lists-hook.js';
import type {BatchLine} from './batch.js';
import {rowAddress, rowKey} from './rows.js';

/** What became of each row of a batch: first those that failed, each with its reason, then those that are done. */
export function BatchResult({name, lines, onClose}: {readonly name: string; readonly lines: readonly BatchLine[]; readonly onClose: () => void}) {
  const t = useListText();
  const own = useText();
  const failed = lines.filter(line => line.error !== null);
  const done = lines.filter(line => line.error === null);
  return (
    <Modal open title={t('batch.result', {name, done: done.length, failed: failed.length})} onCancel={onClose} footer={<Button type="primary" onClick={onClose}>{own('common.close')}</Button>} width={640}>
      <p className="app-dialog-help">{t('batch.resultHelp')}</p>
      <ResultList title={t('batch.failedList')} lines={failed} onOpen={onClose} />
      {done.length > 0 ? <ResultList title={t('batch.doneList')} lines={done} onOpen={onClose} /> : null}
    </Modal>
  );
}

function ResultList({title, lines, onOpen}: {readonly title: string; readonly lines: readonly BatchLine[]; readonly onOpen: () => void}) {
  const t = useListText();
  const reasonOf = useReason();
  return (
    <section>
      <h3 className="app-batch-title">{title}</h3>
      <ul className="app-plain-list app-batch-list">
        {lines.map(({row, error}) => {
          const reason = error === null ? null : reasonOf(error);
          return (
            <li key={rowKey(row)} className={error === null ? '' : 'app-batch-failed'}>
              {error === null ? <CheckCircleOutlined aria-hidden /> : <ExclamationCircleOutlined aria-hidden />}
              <div>
                <Link to={rowAddress(row)} onClick={onOpen}><span className="app-number">{row.number}</span> {row.title}</Link>
                <div className={error === null ? 'banli-secondary' : ''}>{reason ? reason.text : t('batch.ok')}</div>
                {reason?.code ? <div className="banli-secondary banli-code">{reason.code}</div> : null}
              </div>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

/** Why a row failed, in the person's language, with every problem that was named. */
function useReason(): (error: NonNullable<BatchLine['error']>) => {readonly text: string; readonly code: string} {
  const t = useListText();
  const language = useLanguage();
  return error => {
    if (error === 'notRun') return {text: t('batch.notRun'), code: ''};
    if (error instanceof ApiError) return {text: viewError(error, language).summary, code: error.code};
    const problems = error.problems.map(problem => problemText(problem, language));
    return {text: [language === 'en' ? error.message : error.messageZh, ...problems].join(' '), code: error.code};
  };
}
