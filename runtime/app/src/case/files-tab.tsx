import {DownloadOutlined} from '@ant-design/icons';
import {buildPath, caseRoutes, fileRoutes, type CaseViewJson} from '@banli/api';
import {EmptyState, ErrorPanel, formatBytes, formatMoment, Skeleton, useLanguage, useLocalize} from '@banli/ui';
import {useQuery} from '@tanstack/react-query';
import {api, fileAddress, serverClock} from '../http/api.js';
import {useText} from '../texts/hook.js';

/** Attachments and papers of the case. */
export function FilesTab({view, isShown}: {readonly view: CaseViewJson; readonly isShown: boolean}) {
  const t = useText();
  const localize = useLocalize();
  const language = useLanguage();
  const caseId = view.head.id;
  const files = useQuery({queryKey: ['files', caseId], queryFn: () => api.call(fileRoutes.ofCase, {params: {caseId}}), enabled: isShown});
  const rows = [
    ...view.documents.map(document => ({id: document.id, name: localize(document.title), more: t('files.document'), at: document.createdAt, by: '', href: buildPath(caseRoutes.document.path, {caseId, documentId: document.id})})),
    ...(files.data?.files.map(file => ({id: file.id, name: file.name, more: formatBytes(file.sizeBytes), at: file.createdAt, by: file.createdBy, href: fileAddress(file.id)})) ?? []),
  ];
  return (
    <>
      {files.error ? <ErrorPanel error={files.error} onRetry={() => void files.refetch()} /> : null}
      {files.isPending && !files.error ? <Skeleton rows={3} /> : null}
      {files.data && rows.length === 0 ? <EmptyState title={t('files.none')} help={t('files.noneHelp')} /> : null}
      <ul className="app-plain-list app-file-list">
        {rows.map(row => (
          <li key={row.id} className="app-file-row">
            <a href={row.href} target="_blank" rel="noreferrer" className="banli-one-line" title={row.name}>
              <DownloadOutlined aria-hidden /> {row.name}
            </a>
            <span className="banli-secondary">
              {[row.more, row.by, formatMoment(row.at, serverClock.now(), language)].filter(Boolean).join(' · ')}
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}
