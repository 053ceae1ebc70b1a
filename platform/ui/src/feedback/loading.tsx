import {Button} from 'antd';
import {useUiText} from '../i18n/hooks.js';
import './feedback.css';

const widths = ['92%', '78%', '86%', '64%'];

/**
 * Grey shapes in the place of what comes: nothing for 300 ms, from 2 s words and a way out.
 *
 * @param rows - How many lines the content will take.
 */
export function Skeleton({rows = 4, onCancel}: {readonly rows?: number; readonly onCancel?: () => void}) {
  const t = useUiText();
  return (
    <div className="banli-skeleton banli-after-300" aria-busy="true">
      {Array.from({length: rows}, (_, index) => (
        <div key={index} className="banli-skeleton-bar" style={{width: widths[index % widths.length]}} />
      ))}
      <div className="banli-skeleton-words banli-after-2000">
        {t('wait.long')}
        {onCancel ? (
          <Button type="link" size="small" onClick={onCancel}>
            {t('wait.cancel')}
          </Button>
        ) : null}
      </div>
    </div>
  );
}
