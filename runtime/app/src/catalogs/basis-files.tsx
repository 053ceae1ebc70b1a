import {DownloadOutlined} from '@ant-design/icons';
import {catalogLifeRoutes} from '@banli/api';
import {ErrorPanel, formatBytes, formatMoment, useLanguage} from '@banli/ui';
import {useMutation, useQueryClient} from '@tanstack/react-query';
import {Button} from 'antd';
import {useRef} from 'react';
import {api, fileAddress, serverClock} from '../http/api.js';
import {useCatalogText} from '../texts/catalogs-hook.js';
import type {OpenedChange} from './opened-change.js';

/** Names of the files that a set or version rests on, each to be downloaded. */
export function BasisList({basis, onRemove}: {readonly basis: OpenedChange['basis']; readonly onRemove?: ((fileId: string) => void) | undefined}) {
  const t = useCatalogText();
  const language = useLanguage();
  return (
    <ul className="app-plain-list app-file-list">
      {basis.map(file => (
        <li key={file.fileId} className="app-file-row">
          <a href={fileAddress(file.fileId)} target="_blank" rel="noreferrer" className="banli-one-line" title={file.name}>
            <DownloadOutlined aria-hidden /> {file.name}
          </a>
          <span className="banli-secondary">{[formatBytes(file.sizeBytes), file.addedByName, formatMoment(file.addedAt, serverClock.now(), language)].join(' · ')}</span>
          {onRemove ? <Button size="small" aria-label={t('basis.removeOf', {name: file.name})} onClick={() => onRemove(file.fileId)}>{t('basis.remove')}</Button> : null}
        </li>
      ))}
    </ul>
  );
}

/** What a change set rests on; files are added and taken off while it is written. */
export function BasisPart({opened, mayEdit}: {readonly opened: OpenedChange; readonly mayEdit: boolean}) {
  const t = useCatalogText();
  const cache = useQueryClient();
  const input = useRef<HTMLInputElement>(null);
  const {change, basis} = opened;
  const act = useMutation({mutationFn: (work: () => Promise<unknown>) => work(), onSettled: () => Promise.all(['catalogChange', 'catalogChanges'].map(key => cache.invalidateQueries({queryKey: [key]})))});
  const isOpen = mayEdit && (change.state === 'editing' || change.state === 'failed');
  const ref = {params: {changeId: change.id}};
  const add = (file: File) => {
    const form = new FormData();
    form.append('file', file, file.name);
    return api.call(catalogLifeRoutes.attachBasis, {...ref, query: {lockVersion: change.lockVersion}, form});
  };
  if (basis.length === 0 && !isOpen) return null;
  return (
    <section className="app-catalog-part">
      <h2>{t('basis.title')}</h2>
      {act.error ? <ErrorPanel error={act.error} /> : null}
      <BasisList basis={basis} onRemove={isOpen ? fileId => act.mutate(() => api.call(catalogLifeRoutes.detachBasis, {...ref, body: {lockVersion: change.lockVersion, fileId}})) : undefined} />
      {isOpen ? (
        <>
          <input
            ref={input} type="file" className="banli-visually-hidden" aria-label={t('basis.title')} tabIndex={-1}
            onChange={event => {
              const file = event.target.files?.[0];
              event.target.value = '';
              if (file) act.mutate(() => add(file));
            }}
          />
          <Button loading={act.isPending} onClick={() => input.current?.click()}>{t('basis.add')}</Button>
          <p className="banli-secondary">{t('basis.help')}</p>
        </>
      ) : null}
    </section>
  );
}
