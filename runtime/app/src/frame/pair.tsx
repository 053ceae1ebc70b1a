import type {ReactNode} from 'react';

/** A title with its value in a list of pairs (`app-pairs`), and below the value in grey what is told besides, each on a line of its own. */
export function Pair({title, value, more, moreTitle}: {readonly title: string; readonly value: string; readonly more?: ReactNode | readonly ReactNode[]; readonly moreTitle?: string}) {
  const lines = (Array.isArray(more) ? (more as readonly ReactNode[]) : [more as ReactNode]).filter(line => line !== undefined && line !== null && line !== '');
  return (
    <div>
      <dt>{title}</dt>
      <dd>
        {value}
        {lines.map((line, at) => <span key={at} className="banli-secondary app-source" title={moreTitle}>{line}</span>)}
      </dd>
    </div>
  );
}
