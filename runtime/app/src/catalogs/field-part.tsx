import type {ReactNode} from 'react';

/** One input of a dialog of fields or settings with its label, and what is wrong with it or helps. */
export function FieldPart({cell, label, isRequired = false, error, help = '', children}: {readonly cell: string; readonly label: string; readonly isRequired?: boolean; readonly error: string | undefined; readonly help?: string; readonly children: ReactNode}) {
  return (
    <div>
      {label === '' ? null : <label className="banli-field-label" htmlFor={`field-${cell}`}>{isRequired ? <span className="app-catalog-star" aria-hidden>*</span> : null}{label}</label>}
      <div>{children}</div>
      <div id={`field-${cell}-note`} className={error === undefined ? 'banli-secondary' : 'app-catalog-cell-error'} role={error === undefined ? undefined : 'alert'}>{error ?? help}</div>
    </div>
  );
}
