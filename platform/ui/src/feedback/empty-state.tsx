import type {ReactNode} from 'react';
import './feedback.css';

/** Says what belongs here and offers the next step. `isPage`: it is all there is on the page, so its title is the page's heading. */
export function EmptyState({title, help, isPage = false, children}: {readonly title: string; readonly help?: string; readonly isPage?: boolean; readonly children?: ReactNode}) {
  return (
    <div className="banli-empty">
      {isPage ? <h1>{title}</h1> : <div className="banli-empty-title">{title}</div>}
      {help ? <div>{help}</div> : null}
      {children}
    </div>
  );
}
