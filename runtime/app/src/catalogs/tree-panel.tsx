import {catalogLifeRoutes, type AnswerOf} from '@banli/api';
import {ErrorPanel, Skeleton, useLocalize} from '@banli/ui';
import {useQueries} from '@tanstack/react-query';
import {useRef, useState, type KeyboardEvent} from 'react';
import {api} from '../http/api.js';
import {useCatalogText} from '../texts/catalogs-hook.js';

type TreeNode = AnswerOf<typeof catalogLifeRoutes.tree>['nodes'][number];

interface Line {
  readonly node: TreeNode;
  readonly level: number;
  readonly parent: string;
}

/** The branches of a tree catalog. Arrows walk and open, Enter shows the rows of a branch; `''` is the whole catalog. */
export function TreePanel({catalogId, table, chosen, onChoose}: {readonly catalogId: string; readonly table: string; readonly chosen: string; readonly onChoose: (key: string) => void}) {
  const t = useCatalogText();
  const localize = useLocalize();
  const [open, setOpen] = useState<readonly string[]>([]);
  const [focused, setFocused] = useState('');
  const list = useRef<HTMLUListElement>(null);
  const parents = ['', ...open];
  const loaded = useQueries({
    queries: parents.map(parent => ({queryKey: ['catalogTree', catalogId, table, parent], staleTime: 60_000, queryFn: () => api.call(catalogLifeRoutes.tree, {params: {catalogId}, query: {table, ...(parent === '' ? {} : {parent})}})})),
  });
  const childrenOf = new Map(parents.map((parent, index) => [parent, loaded[index]?.data?.nodes ?? []]));
  const linesBelow = (parent: string, level: number): readonly Line[] => (childrenOf.get(parent) ?? []).flatMap(node => [{node, level, parent}, ...(open.includes(node.key) ? linesBelow(node.key, level + 1) : [])]);
  const lines = linesBelow('', 1);
  const error = loaded.find(each => each.error)?.error;
  const focus = (key: string) => {
    setFocused(key);
    list.current?.querySelector<HTMLElement>(`[data-key="${CSS.escape(key)}"]`)?.focus();
  };
  const toggle = (key: string, isOpen: boolean) => setOpen(isOpen ? [...open, key] : open.filter(each => each !== key));
  const press = (event: KeyboardEvent, {node, parent}: Line, index: number) => {
    const isOpen = open.includes(node.key);
    const next = event.key === 'ArrowDown' ? lines[index + 1] : event.key === 'ArrowUp' ? lines[index - 1] : event.key === 'Home' ? lines[0] : event.key === 'End' ? lines.at(-1) : undefined;
    if (next) focus(next.node.key);
    else if (event.key === 'ArrowRight' && node.children > 0 && !isOpen) toggle(node.key, true);
    else if (event.key === 'ArrowRight' && isOpen) focus(lines[index + 1]?.node.key ?? node.key);
    else if (event.key === 'ArrowLeft' && isOpen) toggle(node.key, false);
    else if (event.key === 'ArrowLeft' && parent !== '') focus(parent);
    else if (event.key === 'Enter' || event.key === ' ') onChoose(chosen === node.key ? '' : node.key);
    else return;
    event.preventDefault();
  };
  const start = lines.some(line => line.node.key === focused) ? focused : (lines[0]?.node.key ?? '');
  return (
    <nav className="app-catalog-tree" aria-label={t('tree.label')}>
      {error ? <ErrorPanel error={error} onRetry={() => loaded.forEach(each => void each.refetch())} /> : null}
      {loaded[0]?.isPending && !error ? <Skeleton rows={6} /> : null}
      <button type="button" className={`app-catalog-branch app-catalog-root${chosen === '' ? ' app-catalog-branch-chosen' : ''}`} aria-pressed={chosen === ''} onClick={() => onChoose('')}>
        {t('tree.all')}
      </button>
      {lines.length > 0 ? (
        <ul role="tree" aria-label={t('tree.label')} ref={list}>
          {lines.map((line, index) => {
            const {node, level} = line;
            const isOpen = open.includes(node.key);
            return (
              <li key={node.key} role="treeitem" aria-level={level} aria-selected={chosen === node.key} {...(node.children > 0 ? {'aria-expanded': isOpen} : {})} data-key={node.key} tabIndex={start === node.key ? 0 : -1} className={`app-catalog-branch${chosen === node.key ? ' app-catalog-branch-chosen' : ''}`} style={{paddingInlineStart: (level - 1) * 16}} onKeyDown={event => press(event, line, index)} onFocus={() => setFocused(node.key)} onClick={() => onChoose(node.key)}>
                <span aria-hidden className={`app-catalog-twist${isOpen ? ' app-catalog-twist-open' : ''}`} onClick={event => {
                  event.stopPropagation();
                  if (node.children > 0) toggle(node.key, !isOpen);
                }}>
                  {node.children > 0 ? '›' : ''}
                </span>
                <span className="banli-one-line" title={`${localize(node.title)} ${node.key}`}>{localize(node.title)}</span>
                {node.isRetired ? <span className="app-mark">{t('state.retired')}</span> : null}
                {node.below > 0 ? <span className="banli-secondary app-number">{node.below}</span> : null}
              </li>
            );
          })}
        </ul>
      ) : null}
    </nav>
  );
}
