import {catalogLifeRoutes} from '@banli/api';
import {ErrorPanel, Skeleton, useLocalize} from '@banli/ui';
import {useMutation, useQueryClient} from '@tanstack/react-query';
import {Button, Drawer, Input, Steps} from 'antd';
import {useRef, useState} from 'react';
import {api} from '../http/api.js';
import {useToolText} from '../texts/tools-hook.js';
import {RowsPreview} from './rows-preview.js';
import {exportAddress} from './export-menu.js';
import type {CatalogForm, TableForm} from './use-catalog-form.js';

/** A workbook becomes a change set: file, preview with the problems of every row, name. Nothing is written before the last step. */
export function ImportWizard({form, table, onEnd}: {readonly form: CatalogForm; readonly table: TableForm; readonly onEnd: (changeId: string | null) => void}) {
  const t = useToolText();
  const localize = useLocalize();
  const cache = useQueryClient();
  const input = useRef<HTMLInputElement>(null);
  const [file, setFile] = useState<File | null>(null);
  const [title, setTitle] = useState('');
  const [isNaming, setNaming] = useState(false);
  const place = {params: {catalogId: form.id}};
  const preview = useMutation({mutationFn: (chosen: File) => api.call(catalogLifeRoutes.previewExcel, {...place, query: {table: table.name}, form: formOf(chosen)})});
  const save = useMutation({
    mutationFn: (chosen: File) => api.call(catalogLifeRoutes.importExcel, {...place, query: {table: table.name, title: title.trim()}, form: formOf(chosen)}),
    onSuccess: ({change}) => onEnd(change.id),
    onSettled: () => Promise.all(['catalogRows', 'catalogChanges'].map(key => cache.invalidateQueries({queryKey: [key]}))),
  });
  const choose = (chosen: File | undefined) => {
    if (!chosen) return;
    setFile(chosen);
    setNaming(false);
    setTitle(t('work.importName', {name: chosen.name.replace(/\.xlsx$/i, '')}).slice(0, 200));
    preview.mutate(chosen);
  };
  const errors = (preview.data?.problems ?? []).filter(problem => problem.severity !== 'warning').length;
  const canGoOn = preview.data !== undefined && errors === 0 && preview.data.diff.length > 0;
  const step = isNaming ? 2 : preview.data || preview.isPending || preview.error ? 1 : 0;
  return (
    <Drawer
      open width={760} title={t('work.importTitle', {table: localize(table.title)})} onClose={() => onEnd(null)}
      footer={
        <div className="app-catalog-buttons">
          {isNaming ? <Button onClick={() => setNaming(false)}>{t('work.back')}</Button> : null}
          <span className="app-catalog-gap" />
          {isNaming ? <Button type="primary" disabled={title.trim() === ''} loading={save.isPending} onClick={() => file && !save.isPending && save.mutate(file)}>{t('work.importSave')}</Button> : <Button type="primary" disabled={!canGoOn} title={canGoOn ? undefined : errors > 0 ? t('work.mendFirst') : preview.data ? t('work.nothingChanges') : t('work.fileMissing')} onClick={() => setNaming(true)}>{t('work.next')}</Button>}
        </div>
      }
    >
      <Steps size="small" current={step} items={[{title: t('work.stepFile')}, {title: t('work.stepPreview')}, {title: t('work.stepName')}]} />
      {isNaming ? (
        <div className="app-catalog-form">
          {save.error ? <ErrorPanel error={save.error} /> : null}
          <label className="banli-field-label" htmlFor="import-title">{t('work.setName')}</label>
          <Input id="import-title" value={title} maxLength={200} onChange={event => setTitle(event.target.value)} />
          <p className="banli-secondary">{t('work.importHelp')}</p>
        </div>
      ) : (
        <>
          <div className="app-tool-drop" onDragOver={event => event.preventDefault()} onDrop={event => {
            event.preventDefault();
            choose(event.dataTransfer.files[0]);
          }}>
            <input ref={input} type="file" accept=".xlsx" className="banli-visually-hidden" aria-label={t('work.chooseFile')} tabIndex={-1} onChange={event => {
              choose(event.target.files?.[0]);
              event.target.value = '';
            }} />
            <Button onClick={() => input.current?.click()}>{file ? t('work.otherFile') : t('work.chooseFile')}</Button>
            <div className="banli-secondary">{file ? file.name : t('work.fileHelp')}</div>
            <a href={exportAddress(form.id, {table: table.name})} download>{t('work.template')}</a>
          </div>
          {preview.error ? <ErrorPanel error={preview.error} /> : null}
          {preview.isPending ? <Skeleton rows={4} /> : null}
          {preview.data ? (
            <>
              <p>{t('work.readRows', {rows: preview.data.rows, changed: preview.data.diff.length, unchanged: preview.data.unchanged})}</p>
              <RowsPreview form={form} diff={preview.data.diff} problems={preview.data.problems} others={preview.data.others} />
            </>
          ) : null}
        </>
      )}
    </Drawer>
  );
}

function formOf(file: File): FormData {
  const form = new FormData();
  form.append('file', file, file.name);
  return form;
}
