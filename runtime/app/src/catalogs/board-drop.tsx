import {catalogLifeRoutes} from '@banli/api';
import {ErrorPanel, useLocalize} from '@banli/ui';
import {useMutation, useQuery} from '@tanstack/react-query';
import {App, Modal, Radio} from 'antd';
import {useState} from 'react';
import {api} from '../http/api.js';
import {useCatalogText} from '../texts/catalogs-hook.js';
import {useToolText} from '../texts/tools-hook.js';
import {inputOf, ownRows, type Board} from './board-rules.js';
import {ProblemList} from './problem-list.js';
import {SetChoice} from './set-choice.js';
import {useChangeSets} from './use-change-sets.js';
import type {ListedRow} from './rows-tab.js';
import type {CatalogForm} from './use-catalog-form.js';

/** Asks how an item goes to a target (instead of where it is now, or besides) and into which change set, and writes it there. */
export function BoardDrop({form, board, links, item, target, targetKey, onEnd}: {readonly form: CatalogForm; readonly board: Board; readonly links: readonly ListedRow[]; readonly item: ListedRow; readonly target: ListedRow | null; readonly targetKey: string; readonly onEnd: () => void}) {
  const t = useToolText();
  const catalogText = useCatalogText();
  const localize = useLocalize();
  const {message} = App.useApp();
  const own = ownRows(board, links, item.key);
  const [isMoved, setMoved] = useState(own.length > 0);
  const sets = useChangeSets(form.id);
  const names = {item: localize(item.title), target: target ? localize(target.title) : targetKey};
  const rows = [...(isMoved ? own.map(row => ({table: board.table.name, op: 'offShelf' as const, key: row.key})) : []), inputOf(board, links, item.key, targetKey, `own: ${t('board.source')}`)];
  const preview = useQuery({queryKey: ['catalogPreview', form.id, 'drop', item.key, targetKey, isMoved], queryFn: () => api.call(catalogLifeRoutes.preview, {params: {catalogId: form.id}, body: {rows}})});
  const problems = preview.data?.problems ?? [];
  const others = (preview.data?.others ?? []).filter(other => other.changeId !== sets.setId);
  const isRefused = problems.some(problem => problem.severity !== 'warning');
  const title = t('board.title', names);
  const save = useMutation({
    mutationFn: () => sets.put(title, rows),
    onSuccess: change => {
      void message.success(catalogText('edit.saved', {title: change.title}));
      onEnd();
    },
    onSettled: () => sets.refresh(),
  });
  return (
    <Modal open title={title} okText={catalogText('edit.save')} okButtonProps={{disabled: !preview.data || isRefused || sets.isPending}} confirmLoading={save.isPending} onOk={() => !save.isPending && save.mutate()} onCancel={onEnd} width={560}>
      {save.error ?? preview.error ? <ErrorPanel error={save.error ?? preview.error} /> : null}
      <div className="app-catalog-form">
        {own.length > 0 ? <Radio.Group aria-label={t('board.how')} value={isMoved} onChange={event => setMoved(event.target.value === true)} options={[{value: true, label: t('board.move')}, {value: false, label: t('board.besides')}]} /> : null}
        {problems.length > 0 ? <ProblemList problems={problems} form={form} /> : null}
        {others.map(other => <p key={`${other.key}|${other.changeId}`} className="app-tool-warning">{t('board.alsoIn', {title: other.title, name: other.authorName})}</p>)}
        <SetChoice sets={sets} proposed={title} />
      </div>
    </Modal>
  );
}
