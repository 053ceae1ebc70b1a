import {problemSentence} from '@banli/designer-processes';
import {useLanguage} from '@banli/ui';
import type {ReactNode} from 'react';
import {useRules} from './rules-context.js';

/** A titled part of the tab. */
export function RulesSection({title, help, children}: {readonly title: string; readonly help: string; readonly children: ReactNode}) {
  return (
    <section className="designer-rules-section" aria-label={title}>
      <h2>{title}</h2>
      <p className="banli-secondary">{help}</p>
      {children}
    </section>
  );
}

/** One rule: what it is called, how it is set, and what is wrong with it, right there. */
export function RuleRow({label, help, htmlFor, place, children}: {readonly label: ReactNode; readonly help?: string; readonly htmlFor?: string; readonly place?: string; readonly children: ReactNode}) {
  const {problemsAt} = useRules();
  const language = useLanguage();
  const problems = place === undefined ? [] : problemsAt(place);
  return (
    <div className={problems.length > 0 ? 'designer-rules-row designer-rules-wrong' : 'designer-rules-row'} {...(place === undefined ? {} : {'data-place': place})}>
      {htmlFor === undefined ? <span className="designer-rules-label">{label}</span> : <label className="designer-rules-label" htmlFor={htmlFor}>{label}</label>}
      <div className="designer-rules-controls">
        {children}
        {help === undefined ? null : <span className="banli-secondary">{help}</span>}
        {problems.map((problem, index) => <span key={index} role="alert" className="designer-rules-problem">{problemSentence(problem, language)}</span>)}
      </div>
    </div>
  );
}
