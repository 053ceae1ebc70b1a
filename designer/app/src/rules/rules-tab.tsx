import type {Problem} from '@banli/errors';
import type {BundleFiles} from '@banli/formats';
import {EmptyState} from '@banli/ui';
import {useEffect, useMemo, useRef} from 'react';
import {useText} from '../texts/hook.js';
import {AnswersSection} from './answers-section.js';
import type {Written} from './edit-rules.js';
import {FillSection} from './fill-section.js';
import {NoticesSection} from './notices-section.js';
import {placeInRules, readRules} from './read-rules.js';
import {RegistrationSection} from './registration-section.js';
import {RulesContext, type RulesDesk} from './rules-context.js';
import {WordsSection} from './words-section.js';
import './rules.css';

/** What the tab of rules takes. `focus` is a place to bring into sight; `at` makes asking twice possible. */
export interface RulesTabProps {
  readonly files: BundleFiles;
  readonly problems: readonly Problem[];
  readonly focus: {readonly place: string; readonly at: number} | null;
  readonly mayEdit: boolean;
  readonly onWrite: (file: string, text: string) => void;
}

/** 提示与通知: what a registration hints and where that is kept, which texts are looked at, what choices fill, whom notices go to. */
export function RulesTab({files, problems, focus, mayEdit, onWrite}: RulesTabProps) {
  const t = useText();
  const read = useMemo(() => readRules(files), [files]);
  const page = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (focus === null) return;
    const row = [...(page.current?.querySelectorAll<HTMLElement>('[data-place]') ?? [])].findLast(each => focus.place.startsWith(each.dataset['place'] ?? ' '));
    row?.scrollIntoView({block: 'center'});
    row?.querySelector<HTMLElement>('input, textarea')?.focus();
  }, [focus]);
  if ('broken' in read) return <EmptyState isPage title={t('layout.broken')} help={read.broken.join('  ')} />;
  const desk: RulesDesk = {
    files, mayEdit, rules: read,
    problemsAt: place => problems.filter(problem => {
      const own = placeInRules(problem);
      return own !== null && (own === place || own.startsWith(`${place}.`));
    }),
    write: ([path, text]: Written) => onWrite(path, text),
  };
  return (
    <RulesContext.Provider value={desk}>
      <div className="designer-rules" ref={page}>
        {mayEdit ? null : <p className="banli-secondary">{t('layout.readOnly')}</p>}
        <RegistrationSection />
        <AnswersSection />
        <WordsSection />
        <FillSection />
        <NoticesSection />
      </div>
    </RulesContext.Provider>
  );
}

/** Problems that belong into this tab. */
export function problemsOfRules(problems: readonly Problem[]): readonly Problem[] {
  return problems.filter(problem => placeInRules(problem) !== null);
}

