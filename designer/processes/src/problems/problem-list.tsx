import {CloseCircleFilled, DownOutlined, ExclamationCircleFilled, UpOutlined} from '@ant-design/icons';
import type {Problem} from '@banli/errors';
import {useLanguage} from '@banli/ui';
import {Button, Input, Segmented} from 'antd';
import {useState} from 'react';
import {problemSentence} from './sentence.js';
import {useProblemText} from './texts.js';
import './problems.css';

/** All problems of a bundle, like an editor's list: count, filter, jump. `isChanged`: there is something to publish. */
export function ProblemList({problems, checking, isChanged, onJump}: {readonly problems: readonly Problem[]; readonly checking: boolean; readonly isChanged: boolean; readonly onJump: (problem: Problem) => void}) {
  const t = useProblemText();
  const language = useLanguage();
  const [wanted, setOpen] = useState(true);
  const open = wanted && problems.length > 0;
  const [filter, setFilter] = useState('');
  const [kind, setKind] = useState<'all' | 'error' | 'warning'>('all');
  const warnings = problems.filter(({severity}) => severity === 'warning').length;
  const shown = problems.filter(problem => {
    const fits = kind === 'all' || (problem.severity ?? 'error') === kind;
    const text = `${problemSentence(problem, language)} ${problem.place.file ?? ''} ${problem.place.element ?? ''} ${problem.place.field ?? ''} ${problem.code}`;
    return fits && text.toLowerCase().includes(filter.trim().toLowerCase());
  });
  return (
    <section className={open ? 'banli-problems banli-problems-open' : 'banli-problems'} aria-label={t('problems.title')}>
      <header>
        <Button size="small" type="text" icon={open ? <DownOutlined /> : <UpOutlined />} aria-expanded={open} disabled={problems.length === 0} onClick={() => setOpen(!open)}>{t('problems.title')}</Button>
        <span role="status" className={problems.length > 0 ? 'banli-problems-count' : 'banli-problems-none'}>
          {problems.length > 0 ? t('problems.count', {errors: problems.length - warnings, warnings}) : t(checking ? 'problems.checking' : isChanged ? 'problems.none' : 'problems.unchanged')}
        </span>
        {open ? (
          <>
            <Segmented size="small" value={kind} onChange={setKind} options={(['all', 'error', 'warning'] as const).map(value => ({value, label: t(`problems.${value}`)}))} />
            <Input size="small" allowClear value={filter} placeholder={t('problems.filter')} aria-label={t('problems.filter')} onChange={event => setFilter(event.target.value)} />
          </>
        ) : null}
      </header>
      {open ? (
        <ul>
          {shown.map((problem, index) => (
            <li key={index}>
              <button type="button" onClick={() => onJump(problem)} title={t('problems.jump')}>
                {problem.severity === 'warning' ? <ExclamationCircleFilled className="banli-problems-warning" /> : <CloseCircleFilled className="banli-problems-error" />}
                <span className="banli-problems-text">{problemSentence(problem, language)}</span>
                <span className="banli-problems-place">{[problem.place.element, problem.place.field].filter(part => part !== undefined).join(' › ')}</span>
                <span className="banli-problems-place">{[problem.place.file, problem.place.line].filter(part => part !== undefined).join(':')}</span>
                <span className="banli-code">{problem.code}</span>
              </button>
            </li>
          ))}
        </ul>
      ) : null}
    </section>
  );
}
