import type {BundleFiles} from '@banli/formats';
import {Input, Menu} from 'antd';
import type {TextAreaRef} from 'antd/es/input/TextArea';
import {useEffect, useRef} from 'react';
import {useText} from '../texts/hook.js';

/** A place in a text file to show; `at` makes asking twice possible. */
export interface TextPlace {
  readonly line: number;
  readonly column: number;
  readonly at: number;
}

/** The text files of a bundle other than drawings: list on the left, text on the right. */
export function FileEditor({files, file, place, counts, onFile, onWrite}: {
  readonly files: BundleFiles;
  readonly file: string;
  readonly place: TextPlace | null;
  /** Problems by file. */
  readonly counts: ReadonlyMap<string, number>;
  readonly onFile: (file: string) => void;
  readonly onWrite: (file: string, text: string) => void;
}) {
  const t = useText();
  const area = useRef<TextAreaRef>(null);
  const text = files[file] ?? '';
  useEffect(() => {
    const element = area.current?.resizableTextArea?.textArea;
    if (!element || !place) return;
    const lines = element.value.split('\n');
    const start = lines.slice(0, place.line - 1).reduce((sum, line) => sum + line.length + 1, 0) + place.column - 1;
    element.focus();
    element.setSelectionRange(start, start + Math.max(0, (lines[place.line - 1]?.length ?? 0) - place.column + 1));
    element.scrollTop = Math.max(0, (place.line - 6) * 20);
  }, [place, file]);
  const paths = Object.keys(files).filter(path => !path.endsWith('.bpmn')).sort();
  return (
    <div className="designer-files">
      <Menu className="designer-files-list" selectedKeys={[file]} onClick={({key}) => onFile(key)} items={paths.map(path => ({key: path, label: <>{path}{counts.get(path) ? <span className="designer-count">{counts.get(path)}</span> : null}</>, title: path}))} />
      <Input.TextArea ref={area} className="designer-files-text" aria-label={t('files.text', {file})} spellCheck={false} value={text} onChange={event => onWrite(file, event.target.value)} />
    </div>
  );
}
