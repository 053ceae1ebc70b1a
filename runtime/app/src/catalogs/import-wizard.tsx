import {ApiError, catalogLifeRoutes} from '@banli/api';
import {ErrorPanel, Skeleton, useLanguage, useLocalize} from '@banli/ui';
import {useMutation} from '@tanstack/react-query';
import {Button, Drawer, Input, Steps} from 'antd';
import {useRef, useState} from 'react';
import {api} from '../http/api.js';
import {useSaveFile} from '../http/save-file.js';
import {useToolText} from '../texts/tools-hook.js';
import {RowsPreview} from './rows-preview.js';
import {ProblemList} from './problem-list.js';
import {SetChoice} from './set-choice.js';
import {freshSet, useChangeSets} from './use-change-sets.js';
import {useFormOfSet, type CatalogForm, type TableForm} from './use-catalog-form.js';

/** A workbook becomes a change set, or goes into one that is being written, with the columns that it adds: file, preview with the problems of every row, name. Nothing is written before the last step. */
export function ImportWizard({form, table, onEnd}: {readonly form: CatalogForm; readonly table: TableForm; readonly onEnd: (changeId: string | null) => void}) {
  const t = useToolText();
  const localize = useLocalize();
  const language = useLanguage();
  const files = useSaveFile();
  const input = useRef<HTMLInputElement>(null);
  const [file, setFile] = useState<File | null>(null);
  const [title, setTitle] = useState('');
  const [isNaming, setNaming] = useState(false);
  const sets = useChangeSets(form.id, freshSet);
  const set = sets.list.find(each => each.id === sets.setId);
  const shaped = useFormOfSet(form.id, sets.setId).data ?? form;
  const place = {params: {catalogId: form.id}};
  const preview = useMutation({mutationFn: ({chosen, changeId}: {readonly chosen: File; readonly changeId: string}) => api.call(catalogLifeRoutes.previewExcel, {...place, query: {table: table.name, ...(changeId === freshSet ? {} : {changeId})}, form: formOf(chosen)})});
  const save = useMutation({
    mutationFn: async (chosen: File) => {
      const into = set ? await sets.open() : null;
      return api.call(catalogLifeRoutes.importExcel, {...place, query: {table: table.name, ...(into ? {changeId: into.id, lockVersion: into.lockVersion} : {title: title.trim()})}, form: formOf(chosen)});
    },
    onSuccess: ({change}) => onEnd(change.id),
    onSettled: () => sets.refresh(),
  });
  const choose = (chosen: File | undefined) => {
    if (!chosen) return;
    setFile(chosen);
    setNaming(false);
    setTitle(t('work.importName', {name: chosen.name.replace(/\.xlsx$/i, '')}).slice(0, 200));
    preview.mutate({chosen, changeId: sets.setId});
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
          {isNaming ? <Button type="primary" disabled={!set && title.trim() === ''} loading={save.isPending} onClick={() => file && !save.isPending && save.mutate(file)}>{t(set ? 'work.importInto' : 'work.importSave')}</Button> : <Button type="primary" disabled={!canGoOn} title={canGoOn ? undefined : errors > 0 ? t('work.mendFirst') : preview.data ? t('work.nothingChanges') : t('work.fileMissing')} onClick={() => setNaming(true)}>{t('work.next')}</Button>}
        </div>
      }
    >
      <Steps size="small" current={step} items={[{title: t('work.stepFile')}, {title: t('work.stepPreview')}, {title: t('work.stepName')}]} />
      {isNaming ? (
        <div className="app-catalog-form">
          {save.error ? <ErrorPanel error={save.error} /> : null}
          {set ? <p>{t('work.importGoes', {title: set.title})}</p> : (
            <>
              <label className="banli-field-label" htmlFor="import-title">{t('work.setName')}</label>
              <Input id="import-title" value={title} maxLength={200} onChange={event => setTitle(event.target.value)} />
            </>
          )}
          <p className="banli-secondary">{t('work.importHelp')}</p>
        </div>
      ) : (
        <>
          <div className="app-catalog-form">
            <SetChoice sets={{...sets, choose: next => {
              sets.choose(next);
              if (file) preview.mutate({chosen: file, changeId: next});
            }}} proposed={file ? title : t('work.importName', {name: localize(table.title)})} />
          </div>
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
            <Button type="link" loading={files.isPending} onClick={() => files.save(catalogLifeRoutes.exportExcel, {params: {catalogId: form.id}, query: {table: table.name, language, ...(set ? {changeId: set.id} : {})}}, `${form.id}.xlsx`)}>{t('work.template')}</Button>
          </div>
          {preview.error ? <Refusal error={preview.error} form={shaped} /> : null}
          {preview.isPending ? <Skeleton rows={4} /> : null}
          {preview.data ? (
            <>
              <p>{t('work.readRows', {rows: preview.data.rows, changed: preview.data.diff.length, unchanged: preview.data.unchanged})}</p>
              <RowsPreview form={shaped} diff={preview.data.diff} problems={preview.data.problems} others={preview.data.others} />
            </>
          ) : null}
        </>
      )}
    </Drawer>
  );
}

/** Why a workbook cannot be read, each problem with its row. */
function Refusal({error, form}: {readonly error: Error; readonly form: CatalogForm}) {
  const t = useToolText();
  const problems = error instanceof ApiError ? error.answer.problems : [];
  if (problems.length === 0) return <ErrorPanel error={error} />;
  return (
    <section className="app-catalog-part" role="alert">
      <h2>{t('work.problems', {count: problems.length})}</h2>
      <ProblemList problems={problems} form={form} />
    </section>
  );
}

function formOf(file: File): FormData {
  const form = new FormData();
  form.append('file', file, file.name);
  return form;
}
