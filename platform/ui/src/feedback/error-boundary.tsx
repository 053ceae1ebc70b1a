import {Component, type ErrorInfo, type ReactNode} from 'react';
import {Button} from 'antd';
import {useUiText} from '../i18n/hooks.js';
import {ErrorPanel} from './error-panel.js';

interface BoundaryProps {
  readonly children: ReactNode;
  /** `page` fills the page, `part` keeps the rest of it working. */
  readonly scope: 'page' | 'part';
  /** A new value tries again, e.g. the address. */
  readonly resetKey?: string;
  readonly onError?: (error: unknown, info: ErrorInfo) => void;
}

interface BoundaryState {
  readonly error: unknown;
  readonly key: string | undefined;
}

/** Keeps a failure inside its part of the page, with a way to go on; what was typed stays in the local net. */
export class ErrorBoundary extends Component<BoundaryProps, BoundaryState> {
  override state: BoundaryState = {error: null, key: this.props.resetKey};

  static getDerivedStateFromError(error: unknown): Partial<BoundaryState> {
    return {error};
  }

  static getDerivedStateFromProps(props: BoundaryProps, state: BoundaryState): BoundaryState | null {
    return props.resetKey === state.key ? null : {error: null, key: props.resetKey};
  }

  override componentDidCatch(error: unknown, info: ErrorInfo): void {
    this.props.onError?.(error, info);
  }

  override render(): ReactNode {
    if (this.state.error === null) return this.props.children;
    return <Failure scope={this.props.scope} error={this.state.error} onRetry={() => this.setState({error: null})} />;
  }
}

function Failure({scope, error, onRetry}: {readonly scope: 'page' | 'part'; readonly error: unknown; readonly onRetry: () => void}) {
  const t = useUiText();
  return (
    <div className="banli-failure">
      <h2>{t(scope === 'page' ? 'error.page' : 'error.part')}</h2>
      {scope === 'page' ? <p>{t('error.pageHelp')}</p> : null}
      <ErrorPanel error={error} onRetry={onRetry}>
        <Button size="small" onClick={() => globalThis.location.reload()}>
          {t('error.reload')}
        </Button>
      </ErrorPanel>
    </div>
  );
}
