import {DeleteOutlined, LoadingOutlined, PaperClipOutlined, UploadOutlined} from '@ant-design/icons';
import {Button} from 'antd';
import {useRef, useState} from 'react';
import {useJoints, useLanguage, useUiText} from '../../i18n/hooks.js';
import {viewError} from '../../problems/problem-map.js';
import {formatBytes} from '../../words/numbers.js';
import {ReadText, type ControlProps} from '../control.js';
import type {StoredFile} from '../services.js';
import {useLoaded} from './use-loaded.js';

interface Running {
  readonly name: string;
  readonly problem: string | null;
}

/** Attachments: chosen or dropped files are stored at once, the value is the list of their ids. A refused file says why and stays visible. */
export function FileUploadEdit(props: ControlProps) {
  const {services, selectElement, onChange} = props;
  const t = useUiText();
  const joints = useJoints();
  const language = useLanguage();
  const input = useRef<HTMLInputElement>(null);
  const [running, setRunning] = useState<readonly Running[]>([]);
  const [fresh, setFresh] = useState<readonly StoredFile[]>([]);
  const ids = idsOf(props.value);
  const latest = useRef(ids);
  latest.current = ids;
  const upload = async (file: File) => {
    setRunning(list => [...list.filter(each => each.name !== file.name), {name: file.name, problem: null}]);
    try {
      const stored = await services.upload(file);
      setFresh(list => [...list, stored]);
      setRunning(list => list.filter(each => each.name !== file.name));
      latest.current = [...latest.current, stored.id];
      onChange(latest.current);
    } catch (error) {
      const problem = viewError(error, language).summary;
      setRunning(list => list.map(each => (each.name === file.name ? {...each, problem} : each)));
    }
  };
  const take = (files: FileList | null) => {
    for (const file of files ?? []) void upload(file);
  };
  return (
    <div
      onDragOver={event => event.preventDefault()}
      onDrop={event => {
        event.preventDefault();
        take(event.dataTransfer.files);
      }}
    >
      <Button {...selectElement} icon={<UploadOutlined />} onClick={() => input.current?.click()}>
        {t('form.upload')}
      </Button>{' '}
      <span className="banli-secondary">{t('form.uploadHint')}</span>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        onChange={event => {
          take(event.target.files);
          event.target.value = '';
        }}
      />
      <FileList ids={ids} known={fresh} services={services} onRemove={id => onChange(ids.filter(each => each !== id))} />
      {running.map(each => (
        <div key={each.name} className={each.problem ? 'banli-field-problem' : 'banli-secondary'} role={each.problem ? 'alert' : 'status'}>
          {each.problem ? joints.pair(t('form.uploadFailed', {name: each.name}), each.problem) : <><LoadingOutlined /> {t('form.uploading', {name: each.name})}</>}
        </div>
      ))}
    </div>
  );
}

/** Attachments as links. */
export function FileUploadRead({value, services}: ControlProps) {
  const ids = idsOf(value);
  return ids.length === 0 ? <ReadText text="" /> : <FileList ids={ids} known={[]} services={services} />;
}

function FileList({ids, known, services, onRemove}: {readonly ids: readonly string[]; readonly known: readonly StoredFile[]; readonly services: ControlProps['services']; readonly onRemove?: (id: string) => void}) {
  const t = useUiText();
  const unknown = ids.filter(id => !known.some(file => file.id === id));
  const {value: stored = []} = useLoaded(unknown.length === 0 ? null : unknown.join(' '), () => services.files(unknown));
  if (ids.length === 0) return null;
  return (
    <ul className="banli-files">
      {ids.map(id => {
        const file = [...known, ...stored].find(each => each.id === id);
        const name = file?.name ?? id;
        return (
          <li key={id} className="banli-file">
            <PaperClipOutlined />
            <a className="banli-one-line" href={services.fileAddress(id)} target="_blank" rel="noreferrer" title={name}>
              {name}
            </a>
            {file ? <span className="banli-secondary">{formatBytes(file.sizeBytes)}</span> : null}
            {onRemove ? <Button type="text" size="small" icon={<DeleteOutlined />} aria-label={t('form.removeFile', {name})} onClick={() => onRemove(id)} /> : null}
          </li>
        );
      })}
    </ul>
  );
}

function idsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((id): id is string => typeof id === 'string') : typeof value === 'string' && value !== '' ? [value] : [];
}
