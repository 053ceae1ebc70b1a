import type {ReactNode} from 'react';
import './feedback.css';

/** Says what belongs here and offers the next step. */
export function EmptyState({title, help, children}: {readonly title: string; readonly help?: string; readonly children?: ReactNode}) {
  return (
    <div className="banli-empty">
      <div className="banli-empty-title">{title}</div>
      {help ? <div>{help}</div> : null}
      {children}
    </div>
  );
}
