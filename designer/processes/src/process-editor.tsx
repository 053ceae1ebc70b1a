import {ExpandOutlined, RedoOutlined, UndoOutlined, ZoomInOutlined, ZoomOutOutlined} from '@ant-design/icons';
import type {AppError, Problem} from '@banli/errors';
import type {BundleFiles} from '@banli/formats';
import {useLanguage} from '@banli/ui';
import {Alert, Button, Tooltip} from 'antd';
import {useCallback, useEffect, useMemo, useRef, useState, type Dispatch, type SetStateAction} from 'react';
import {readDesignContext, type WorkerChoice} from './design/design-context.js';
import type {ElementTemplate} from './design/element-templates.js';
import {createProcessModeler, type ProcessModeler} from './modeler/process-modeler.js';
import type {DiagramElement} from './modeler/services.js';
import {UnwrittenContext} from './panel/field-errors.js';
import {PropertiesPanel} from './panel/properties-panel.js';
import {marksOf} from './problems/marks.js';
import {problemSentence} from './problems/sentence.js';
import {useProcessText} from './texts/hook.js';
import './process-editor.css';

/** What the process editor takes. */
export interface ProcessEditorProps {
  /** Path of the drawing; another path opens another drawing. */
  readonly file: string;
  readonly files: BundleFiles;
  readonly workers: readonly WorkerChoice[];
  /** Element templates of the installed plugins. */
  readonly templates: readonly ElementTemplate[];
  readonly problems: readonly Problem[];
  /** An element to select and show; `at` makes asking twice for the same one possible. */
  readonly focus: {readonly element: string; readonly at: number} | null;
  readonly onChange: (file: string, xml: string) => void;
  /** Keeps what was typed in the panel and cannot be written, as problems at their element. */
  readonly onUnwritten: Dispatch<SetStateAction<readonly Problem[]>>;
}

/** Palette and canvas on the left, properties on the right. */
export function ProcessEditor(props: ProcessEditorProps) {
  const t = useProcessText();
  const language = useLanguage();
  const {container, modeler, selected, revision, failure} = useModeler(props);
  const design = useMemo(() => readDesignContext(props.files, props.workers, modeler?.nodes(['bpmn:UserTask', 'bpmn:StartEvent']).map(({id}) => id) ?? [], props.templates), [props.files, props.workers, props.templates, modeler]);
  const here = props.problems.filter(({place}) => place.file === props.file);
  useEffect(() => modeler?.mark(marksOf(here, language)), [modeler, props.problems, language, revision]);
  useEffect(() => {
    if (props.focus) modeler?.jump(props.focus.element);
  }, [modeler, props.focus]);
  const own = here.filter(({place}) => place.element === selected?.id).map(problem => problemSentence(problem, language));
  const {file, onUnwritten} = props;
  const element = selected?.id;
  const tell = useCallback(({code, message, details}: AppError) => {
    const problem: Problem = {code, message, details, place: {file, ...(element === undefined ? {} : {element}), field: 'id'}};
    onUnwritten(before => [...before, problem]);
    return () => onUnwritten(before => before.filter(each => each !== problem));
  }, [file, element, onUnwritten]);
  return (
    <div className="banli-process">
      <div className="banli-process-canvas">
        {failure === null ? null : <Alert type="error" showIcon message={t('canvas.failed', {reason: failure})} />}
        <div ref={container} className="banli-process-drawing" role="application" aria-label={t('canvas.label')} />
        {modeler ? <Tools modeler={modeler} /> : null}
      </div>
      <aside className="banli-process-panel" aria-label={t('panel.title')}>
        {modeler && selected ? <UnwrittenContext.Provider value={tell}><PropertiesPanel tools={{modeler, element: selected, design, revision}} problems={own} /></UnwrittenContext.Provider> : <p className="banli-secondary">{t('panel.nothing')}</p>}
      </aside>
    </div>
  );
}

function Tools({modeler}: {readonly modeler: ProcessModeler}) {
  const t = useProcessText();
  const {commands} = modeler;
  return (
    <div className="banli-process-tools">
      <Tooltip title={t('canvas.undo')}><Button size="small" icon={<UndoOutlined />} aria-label={t('canvas.undo')} disabled={!commands.canUndo()} onClick={() => commands.undo()} /></Tooltip>
      <Tooltip title={t('canvas.redo')}><Button size="small" icon={<RedoOutlined />} aria-label={t('canvas.redo')} disabled={!commands.canRedo()} onClick={() => commands.redo()} /></Tooltip>
      <Tooltip title={t('canvas.zoomIn')}><Button size="small" icon={<ZoomInOutlined />} aria-label={t('canvas.zoomIn')} onClick={() => modeler.zoom(1)} /></Tooltip>
      <Tooltip title={t('canvas.zoomOut')}><Button size="small" icon={<ZoomOutOutlined />} aria-label={t('canvas.zoomOut')} onClick={() => modeler.zoom(-1)} /></Tooltip>
      <Tooltip title={t('canvas.fit')}><Button size="small" icon={<ExpandOutlined />} aria-label={t('canvas.fit')} onClick={() => modeler.fit()} /></Tooltip>
    </div>
  );
}

interface ModelerState {
  readonly container: React.RefObject<HTMLDivElement>;
  readonly modeler: ProcessModeler | null;
  readonly selected: DiagramElement | null;
  readonly revision: number;
  readonly failure: string | null;
}

/** Makes the modeler, opens the drawing, and tells about changes after they settle. */
function useModeler({file, files, onChange}: ProcessEditorProps): ModelerState {
  const language = useLanguage();
  const container = useRef<HTMLDivElement>(null);
  const latest = useRef({files, onChange});
  latest.current = {files, onChange};
  const [state, setState] = useState<Omit<ModelerState, 'container'>>({modeler: null, selected: null, revision: 0, failure: null});
  useEffect(() => {
    if (!container.current) return;
    const modeler = createProcessModeler(container.current, language);
    let gone = false;
    const update = (more: Partial<ModelerState>): void => {
      if (!gone) setState(before => ({...before, ...more}));
    };
    modeler.open(latest.current.files[file] ?? '').then(
      () => update({modeler, selected: modeler.selected(), failure: null}),
      (error: unknown) => update({failure: error instanceof Error ? error.message : String(error)}),
    );
    modeler.onSelect(() => update({selected: modeler.selected()}));
    modeler.onChange(() => {
      if (gone) return;
      setState(before => ({...before, selected: modeler.selected(), revision: before.revision + 1}));
      void modeler.save().then(xml => (gone ? undefined : latest.current.onChange(file, xml)));
    });
    return () => {
      gone = true;
      setState({modeler: null, selected: null, revision: 0, failure: null});
      modeler.destroy();
    };
  }, [file, language]);
  return {container, ...state};
}
