import {catalogLifeRoutes} from '@banli/api';
import {ErrorPanel, Skeleton, useLocalize} from '@banli/ui';
import {useQuery} from '@tanstack/react-query';
import {Input, Select} from 'antd';
import {useState} from 'react';
import {api} from '../http/api.js';
import {useToolText} from '../texts/tools-hook.js';
import {BoardDrop} from './board-drop.js';
import {BoardItems} from './board-items.js';
import {BoardTargets} from './board-targets.js';
import {inputOf, targetStates, type Board} from './board-rules.js';
import type {ListedRow} from './rows-tab.js';
import type {CatalogForm} from './use-catalog-form.js';

const pageSize = 200;
/** Pages of links read for the board: 4,000 rows. */
const mostPages = 20;
const mostTargets = 60;

/** Items on the left, targets on the right: held by mouse or key, every target says whether the item may go there. */
export function BoardTab({form, board}: {readonly form: CatalogForm; readonly board: Board}) {
  const t = useToolText();
  const localize = useLocalize();
  const [branch, setBranch] = useState('');
  const [words, setWords] = useState('');
  const [held, setHeld] = useState<ListedRow | null>(null);
  const [dropped, setDropped] = useState<string | null>(null);
  const {item, target} = board;
  const branches = useQuery({queryKey: ['catalogTree', item.reference.catalog, item.reference.table, ''], queryFn: () => api.call(catalogLifeRoutes.tree, {params: {catalogId: item.reference.catalog}, query: {table: item.reference.table}})});
  const below = branch === '' ? (branches.data?.nodes[0]?.key ?? '') : branch;
  const items = useQuery({
    queryKey: ['catalogRows', item.reference.catalog, 'board', below, words], enabled: branches.data !== undefined,
    queryFn: () => api.call(catalogLifeRoutes.rows, {params: {catalogId: item.reference.catalog}, query: {table: item.reference.table, limit: pageSize, ...(words === '' ? (below === '' ? {} : {below}) : {name: words})}}),
  });
  const targets = useQuery({queryKey: ['catalogRows', target.reference.catalog, 'targets'], queryFn: () => api.call(catalogLifeRoutes.rows, {params: {catalogId: target.reference.catalog}, query: {table: target.reference.table, limit: pageSize, state: 'effective'}})});
  const links = useQuery({queryKey: ['catalogRows', form.id, 'links'], queryFn: () => readLinks(form.id, board.table.name)});
  const linkRows = links.data ?? [];
  const targetRows = (targets.data?.rows ?? []).slice(0, mostTargets);
  const keys = targetRows.map(row => row.key);
  const probe = useQuery({
    queryKey: ['catalogPreview', form.id, 'board', held?.key, links.dataUpdatedAt], enabled: held !== null && keys.length > 0,
    queryFn: () => api.call(catalogLifeRoutes.preview, {params: {catalogId: form.id}, body: {apart: true, rows: keys.map(key => inputOf(board, linkRows, held?.key ?? '', key, `own: ${t('board.source')}`))}}),
  });
  const states = held && (probe.data || probe.error) ? targetStates(board, linkRows, held.key, keys, probe.data) : null;
  const error = branches.error ?? items.error ?? targets.error ?? links.error ?? probe.error;
  const letGo = () => {
    setHeld(null);
    setDropped(null);
  };
  const drop = (key: string) => {
    const state = states?.get(key);
    if (held && state && (state.kind === 'free' || state.kind === 'warned')) setDropped(key);
  };
  return (
    <div className="app-catalog-tab" onKeyDown={event => event.key === 'Escape' && dropped === null && letGo()}>
      <p className="banli-secondary">{t('board.help', {item: localize(item.title), target: localize(target.title)})}</p>
      {error ? <ErrorPanel error={error} /> : null}
      <div className="app-chips">
        <Select className="app-catalog-filter" aria-label={t('dispatch.branch')} value={below} onChange={value => {
          setBranch(value);
          letGo();
        }} options={(branches.data?.nodes ?? []).map(node => ({value: node.key, label: localize(node.title)}))} />
        <Input.Search className="app-catalog-filter" allowClear aria-label={t('board.find')} placeholder={t('board.find')} onSearch={value => setWords(value.trim())} />
      </div>
      <div role="status" className="app-tool-held">{held ? t(states ? 'board.held' : 'board.checking', {title: localize(held.title)}) : ''}</div>
      <div className="app-board">
        {items.data && links.data ? <BoardItems board={board} items={items.data.rows} links={linkRows} targets={targetRows} heldKey={held?.key ?? null} onHold={setHeld} onLetGo={() => dropped === null && setHeld(null)} /> : <Skeleton rows={8} />}
        {targets.data ? <BoardTargets board={board} targets={targetRows} links={linkRows} states={states} isHolding={held !== null} onDrop={drop} /> : <Skeleton rows={8} />}
      </div>
      {held && dropped !== null ? <BoardDrop form={form} board={board} links={linkRows} item={held} target={targetRows.find(row => row.key === dropped) ?? null} targetKey={dropped} onEnd={letGo} /> : null}
    </div>
  );
}

async function readLinks(catalogId: string, table: string): Promise<readonly ListedRow[]> {
  const rows: ListedRow[] = [];
  let cursor: string | null = '';
  for (let page = 0; cursor !== null && page < mostPages; page += 1) {
    const answer: {readonly rows: readonly ListedRow[]; readonly nextCursor: string | null} = await api.call(catalogLifeRoutes.rows, {params: {catalogId}, query: {table, limit: pageSize, ...(cursor === '' ? {} : {cursor})}});
    rows.push(...answer.rows);
    cursor = answer.nextCursor;
  }
  return rows;
}
