import type {AnswerOf, designRoutes} from '@banli/api';
import {filesOfKind} from '@banli/bundles';
import {ProblemList, ProcessEditor} from '@banli/designer-processes';
import type {Problem} from '@banli/errors';
import {readManifest, type BundleFiles, type BundleManifest} from '@banli/formats';
import {ErrorPanel, useLocalize} from '@banli/ui';
import {Alert, Button, Tabs} from 'antd';
import {useMemo, useRef, useState} from 'react';
import {useSearchParams} from 'react-router-dom';
import {useCan} from '../session/session-gate.js';
import {useText} from '../texts/hook.js';
import {EditorBar} from './editor-bar.js';
import {readPalette, type Palette} from './read-palette.js';
import {FileEditor, type TextPlace} from './file-editor.js';
import {ReleasesDrawer} from './releases-drawer.js';
import {useCheck} from './use-check.js';
import {useDraft} from './use-draft.js';
import {usePublish} from './use-publish.js';
import {mergeProblems, useServerCheck} from './use-server-check.js';
import {LayoutTab} from '../layout/layout-tab.js';
import {placeInRules} from '../rules/read-rules.js';
import {problemsOfRules, RulesTab} from '../rules/rules-tab.js';

/** What the editor takes; a reload gives it a new key. */
export interface EditorProps {
  readonly personId: string;
  readonly bundleId: string;
  readonly loaded: AnswerOf<typeof designRoutes.draft>;
  readonly palette: Palette;
  readonly onReload: () => void;
}

/** A bundle being edited: tabs per part, problems below. */
export function Editor({personId, bundleId, loaded, palette, onReload}: EditorProps) {
  const t = useText();
  const localize = useLocalize();
  const mayEdit = useCan('design.edit');
  const mayPublish = useCan('design.publish');
  const draft = useDraft(personId, bundleId, loaded);
  const {installed, workers, templates} = useMemo(() => readPalette(palette), [palette]);
  const own = useCheck(draft.files, installed);
  const server = useServerCheck(bundleId, draft.files);
  const [unwritten, setUnwritten] = useState<readonly Problem[]>([]);
  const problems = useMemo(() => mergeProblems(mergeProblems(own.problems, server.problems), unwritten), [own.problems, server.problems, unwritten]);
  const manifest = useManifest(draft.files);
  const drawings = filesOfKind(draft.files, 'process');
  const place = usePlace(drawings);
  const [isListing, setListing] = useState(false);
  const publish = usePublish({bundleId, draft, title: localize(manifest?.title) || bundleId, onReload});
  const errors = problems.filter(({severity}) => severity !== 'warning').length;
  const blocked = errors > 0 ? t('editor.blockedProblems', {count: errors}) : draft.isChanged ? null : t('editor.blockedUnchanged');
  const counts = countsByFile(problems);
  const tab = (key: string, label: string, count: number): {key: string; label: React.ReactNode} => ({key, label: <>{label}{count > 0 ? <span className="designer-count">{count}</span> : null}</>});
  const ofDrawings = drawings.reduce((sum, file) => sum + (counts.get(file) ?? 0), 0);
  const ofLayouts = filesOfKind(draft.files, 'formLayout').reduce((sum, file) => sum + (counts.get(file) ?? 0), 0);
  const ofRules = problemsOfRules(problems).length;
  return (
    <div className="designer-page">
      <EditorBar title={localize(manifest?.title) || bundleId} version={manifest?.version ?? ''} saving={draft.saving} blocked={blocked} mayPublish={mayPublish} isPublishing={publish.isPending} isChecking={server.isPending} onCheck={server.run} onPublish={publish.ask} onReleases={() => setListing(true)} />
      {mayEdit ? null : <Alert banner type="info" message={t('editor.readOnly')} />}
      {draft.leftover ? <Alert banner type="warning" message={t('editor.leftover')} action={<><Button size="small" onClick={() => draft.takeLeftover(true)}>{t('editor.leftoverTake')}</Button> <Button size="small" type="text" onClick={() => draft.takeLeftover(false)}>{t('editor.leftoverDrop')}</Button></>} /> : null}
      {draft.saving.status === 'refused' ? <Alert banner type="error" message={t('editor.refused', {reason: draft.saving.reason})} action={<Button size="small" onClick={onReload}>{t('editor.reload')}</Button>} /> : null}
      {server.error ? <ErrorPanel error={server.error} onRetry={server.run} /> : null}
      {publish.error ? <ErrorPanel error={publish.error} onRetry={publish.ask} /> : null}
      <main className="designer-main">
        <Tabs className="designer-tabs" activeKey={place.tab} onChange={place.setTab} items={[tab('process', t('tab.process'), ofDrawings), tab('layout', t('tab.layout'), ofLayouts), tab('rules', t('tab.rules'), ofRules), tab('files', t('tab.files'), problems.length - ofDrawings - ofRules)]} />
        <div className="designer-work">
          {place.tab === 'process'
            ? <ProcessEditor file={place.drawing} files={draft.files} workers={workers} templates={templates} problems={problems} focus={place.focus} onChange={draft.write} onUnwritten={setUnwritten} />
            : place.tab === 'layout'
              ? <LayoutTab bundleId={bundleId} files={draft.files} requiredElements={palette.requiredElements} mayEdit={mayEdit} onWrite={draft.write} />
              : place.tab === 'rules'
                ? <RulesTab files={draft.files} problems={problems} focus={place.rule} mayEdit={mayEdit} onWrite={draft.write} />
                : <FileEditor files={draft.files} file={place.file} place={place.text} counts={counts} onFile={place.setFile} onWrite={draft.write} />}
        </div>
      </main>
      <ProblemList problems={problems} checking={own.checking} isChanged={draft.isChanged} onJump={place.jump} />
      <ReleasesDrawer bundleId={bundleId} open={isListing} onClose={() => setListing(false)} />
    </div>
  );
}

/** The manifest as it was read last without mistakes, so that the title stays while one types. */
function useManifest(files: BundleFiles): BundleManifest | null {
  const text = files['bundle.yaml'] ?? '';
  const last = useRef<BundleManifest | null>(null);
  const read = useMemo(() => readManifest('bundle.yaml', text).value, [text]);
  last.current = read ?? last.current;
  return last.current;
}

interface Place {
  readonly tab: string;
  readonly drawing: string;
  readonly file: string;
  readonly focus: {readonly element: string; readonly at: number} | null;
  readonly text: TextPlace | null;
  readonly rule: {readonly place: string; readonly at: number} | null;
  readonly setTab: (tab: string) => void;
  readonly setFile: (file: string) => void;
  readonly jump: (problem: Problem) => void;
}

/** Where one is in the bundle, and how a problem takes one there. */
function usePlace(drawings: readonly string[]): Place {
  const [query, setQuery] = useSearchParams();
  const tab = query.get('tab') ?? 'process';
  const setTab = (next: string): void => setQuery(before => new URLSearchParams([...[...before].filter(([name]) => name !== 'tab'), ['tab', next]]), {replace: true});
  const [file, setFile] = useState('bundle.yaml');
  const [focus, setFocus] = useState<Place['focus']>(null);
  const [text, setText] = useState<TextPlace | null>(null);
  const [rule, setRule] = useState<Place['rule']>(null);
  const [count, setCount] = useState(0);
  const jump = (problem: Problem): void => {
    const {place} = problem;
    const inRules = placeInRules(problem);
    setCount(count + 1);
    if (place.file !== undefined && drawings.includes(place.file)) {
      setTab('process');
      if (place.element !== undefined) setFocus({element: place.element, at: count});
    } else if (inRules !== null) {
      setTab('rules');
      setRule({place: inRules, at: count});
    } else if (place.file !== undefined) {
      setTab('files');
      setFile(place.file);
      setText({line: place.line ?? 1, column: place.column ?? 1, at: count});
    }
  };
  return {tab, drawing: drawings[0] ?? '', file, focus, text, rule, setTab, setFile, jump};
}

function countsByFile(problems: readonly Problem[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const {place} of problems) if (place.file !== undefined) counts.set(place.file, (counts.get(place.file) ?? 0) + 1);
  return counts;
}
