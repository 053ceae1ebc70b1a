import {CopyOutlined, DownOutlined, ExclamationCircleFilled, ReloadOutlined, RightOutlined} from '@ant-design/icons';
import {Button} from 'antd';
import {useId, useState, type ReactNode} from 'react';
import {useLanguage, useUiText} from '../i18n/hooks.js';
import {errorReport, viewError, type ProblemView} from '../problems/problem-map.js';
import {copyText} from './copy-text.js';
import './feedback.css';

/** What `ErrorPanel` takes. */
export interface ErrorPanelProps {
  readonly error: unknown;
  /** Shown as 重试; left out where trying again is no help. */
  readonly onRetry?: (() => void) | undefined;
  /** Titles of the form's fields on this screen; problems of these fields become jumps. */
  readonly fieldTitles?: Readonly<Record<string, string>>;
  readonly onJump?: (field: string) => void;
  /** Further ways out, e.g. 重新加载. */
  readonly children?: ReactNode;
}

/** Says first what to do; problems of fields jump to the field. Code and request number, which one click copies, come last. */
export function ErrorPanel({error, onRetry, fieldTitles = {}, onJump, children}: ErrorPanelProps) {
  const t = useUiText();
  const language = useLanguage();
  const view = viewError(error, language, new Set(Object.keys(fieldTitles)));
  const fields = Object.entries(view.byField);
  return (
    <div className="banli-error" role="alert">
      <ExclamationCircleFilled className="banli-error-icon" />
      <div className="banli-error-body">
        <div className="banli-error-summary">{fields.length > 0 ? t('error.fields', {count: fields.length}) : view.summary}</div>
        {fields.length > 0 || view.others.length > 0 ? (
          <ul className="banli-error-list">
            {fields.map(([field, text]) => (
              <li key={field}>
                <button type="button" className="banli-link" title={t('error.jump', {field: fieldTitles[field] ?? field})} onClick={() => onJump?.(field)}>
                  {t('error.field', {field: fieldTitles[field] ?? field, text})}
                </button>
              </li>
            ))}
            {view.others.map(text => (
              <li key={text}>{text}</li>
            ))}
          </ul>
        ) : null}
        <ErrorFacts view={view} />
      </div>
      <div className="banli-error-actions">
        {onRetry ? (
          <Button size="small" icon={<ReloadOutlined />} onClick={onRetry}>
            {t('error.retry')}
          </Button>
        ) : null}
        {children}
      </div>
    </div>
  );
}

/** Code and request number are for the help desk: behind 详情 where the person can mend it, open at once where only others can. */
function ErrorFacts({view}: {readonly view: ProblemView}) {
  const t = useUiText();
  const id = useId();
  const [isOpen, setOpen] = useState(!view.isEveryday);
  return (
    <div className="banli-error-facts">
      {view.isEveryday ? (
        <button type="button" className="banli-error-more" aria-expanded={isOpen} aria-controls={id} onClick={() => setOpen(!isOpen)}>
          {isOpen ? <DownOutlined aria-hidden /> : <RightOutlined aria-hidden />} {t('error.details')}
        </button>
      ) : null}
      <span id={id} className="banli-error-numbers" hidden={!isOpen}>
        <ErrorNumbers view={view} />
      </span>
    </div>
  );
}

function ErrorNumbers({view}: {readonly view: ProblemView}) {
  const t = useUiText();
  const [copied, setCopied] = useState(false);
  const report = errorReport(view, globalThis.location?.pathname ?? '');
  return (
    <>
      <span>
        {t('error.code')} <span className="banli-code">{view.code}</span>
      </span>
      {view.requestId ? (
        <span>
          {t('error.request')} <span className="banli-code">{view.requestId}</span>
        </span>
      ) : null}
      <Button type="link" size="small" icon={<CopyOutlined />} onClick={() => void copyText(report).then(setCopied)}>
        {copied ? t('error.copied') : t('error.copy')}
      </Button>
    </>
  );
}
