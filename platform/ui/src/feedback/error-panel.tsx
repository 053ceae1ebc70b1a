import {CopyOutlined, ExclamationCircleFilled, ReloadOutlined} from '@ant-design/icons';
import {Button} from 'antd';
import {useState, type ReactNode} from 'react';
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

/** Says first what to do, then the code and the request number, which one click copies; problems of fields jump to the field. */
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
                  {fieldTitles[field] ?? field}：{text}
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

function ErrorFacts({view}: {readonly view: ProblemView}) {
  const t = useUiText();
  const [copied, setCopied] = useState(false);
  const report = errorReport(view, globalThis.location?.pathname ?? '');
  return (
    <div className="banli-error-facts">
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
    </div>
  );
}
