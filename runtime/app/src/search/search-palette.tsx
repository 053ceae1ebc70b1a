import {EnterOutlined, FileTextOutlined, LayoutOutlined, SearchOutlined} from '@ant-design/icons';
import {inboxRoutes, type CaseHeadView} from '@banli/api';
import {DueState, ErrorPanel, useLoaded, useLocalize} from '@banli/ui';
import {sleep} from '@banli/time';
import {Input, Modal, type InputRef} from 'antd';
import {useMemo, useRef, useState, type KeyboardEvent, type ReactNode} from 'react';
import {useNavigate} from 'react-router-dom';
import {api} from '../http/api.js';
import {useCan, useSession} from '../session/session-context.js';
import {useText} from '../texts/hook.js';
import {putWords} from './search-words.js';

interface Hit {
  readonly key: string;
  readonly to: string;
  /** What goes along without standing in the address. */
  readonly state?: object | null;
  readonly icon: ReactNode;
  readonly title: ReactNode;
  readonly more: ReactNode;
}

/** Ctrl K: one box for numbers, exact phones, titles, pages and actions; arrows choose, Enter opens. */
export function SearchPalette({onClose}: {readonly onClose: () => void}) {
  const t = useText();
  const navigate = useNavigate();
  const [words, setWords] = useState('');
  const [chosen, setChosen] = useState(0);
  const input = useRef<InputRef>(null);
  const query = words.trim();
  const found = useLoaded(query.length < 2 ? null : query, async () => {
    await sleep(200, new AbortController().signal);
    return {query, rows: (await api.call(inboxRoutes.search, {query: {q: query, limit: 10}})).rows};
  });
  const hits = useHits(query, query.length < 2 ? [] : (found.value?.rows ?? []));
  // The line that opens the full search is always there and is no hit.
  const isWithoutHits = query !== '' && hits.every(hit => hit.key === 'all') && (query.length < 2 || (found.value?.query === query && found.error === null));
  const at = Math.min(chosen, hits.length - 1);
  const open = (hit: Hit | undefined) => {
    if (!hit) return;
    onClose();
    if (hit.to.startsWith('/designer')) globalThis.location.assign(hit.to);
    else void navigate(hit.to, {state: hit.state});
  };
  const press = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown') setChosen(Math.min(at + 1, hits.length - 1));
    else if (event.key === 'ArrowUp') setChosen(Math.max(at - 1, 0));
    else if (event.key === 'Enter' && !event.nativeEvent.isComposing) open(hits[at]);
    else return;
    event.preventDefault();
  };
  return (
    <Modal open title={<span className="banli-visually-hidden">{t('search.open')}</span>} footer={null} closable={false} onCancel={onClose} width={640} className="app-palette" style={{top: 80}} transitionName="" maskTransitionName="" afterOpenChange={isOpen => isOpen && input.current?.focus()}>
      <Input
        ref={input}
        size="large"
        autoFocus
        variant="borderless"
        prefix={<SearchOutlined />}
        placeholder={t('search.placeholder')}
        aria-label={t('search.placeholder')}
        role="combobox"
        aria-expanded
        aria-controls="search-hits"
        {...(hits[at] ? {'aria-activedescendant': `hit-${hits[at].key}`} : {})}
        value={words}
        onChange={event => {
          setWords(event.target.value);
          setChosen(0);
        }}
        onKeyDown={press}
      />
      {found.error !== null && query.length >= 2 ? <ErrorPanel error={found.error} onRetry={found.retry} /> : null}
      <ul id="search-hits" role="listbox" aria-label={t('search.hits')} className="app-hits">
        {hits.map((hit, index) => (
          <li key={hit.key} id={`hit-${hit.key}`} role="option" aria-selected={index === at} className="app-hit" onClick={() => open(hit)} onMouseMove={() => setChosen(index)}>
            {hit.icon}
            <span className="banli-one-line">{hit.title}</span>
            <span className="app-hit-more">{hit.more}</span>
            {index === at ? <EnterOutlined aria-hidden /> : null}
          </li>
        ))}
      </ul>
      {isWithoutHits ? <div className="app-hits-none" role="status">{t('search.none', {words: query})}</div> : null}
      <div className="app-palette-foot banli-secondary">{t('search.help')}</div>
    </Modal>
  );
}

function useHits(query: string, cases: readonly CaseHeadView[]): readonly Hit[] {
  const t = useText();
  const localize = useLocalize();
  const personId = useSession().session.person.id;
  const canStart = useCan('cases.start');
  const canDesign = useCan('design.read');
  const canSeeAlarms = useCan('operations.read');
  return useMemo(() => {
    const pages: ReadonlyArray<readonly [string, string]> = [
      ...(canStart ? [['/register', t('nav.register')] as const] : []),
      ['/inbox/todo', t('box.todo')],
      ['/inbox/done', t('box.done')],
      ['/inbox/mine', t('box.mine')],
      ...(canStart ? [['/inbox/drafts', t('box.drafts')] as const] : []),
      ['/notices', t('nav.notices')],
      ...(canSeeAlarms ? [['/alarms', t('nav.alarms')] as const] : []),
      ...(canDesign ? [['/designer/', t('nav.designer')] as const] : []),
    ];
    const pageHits = pages
      .filter(([, title]) => title.toLowerCase().includes(query.toLowerCase()))
      .map(([to, title]): Hit => ({key: to, to, icon: <LayoutOutlined aria-hidden />, title, more: t('search.page')}));
    const caseHits = cases.map((head): Hit => ({
      key: head.id,
      to: `/cases/${head.id}`,
      icon: <FileTextOutlined aria-hidden />,
      title: (
        <>
          <span className="app-number">{head.number}</span> {head.title}
        </>
      ),
      more: head.clock ? <DueState clock={head.clock} look="badge" /> : localize(head.state.title),
    }));
    const all = query.length >= 2 ? [{key: 'all', ...searchFor(query, personId), icon: <SearchOutlined aria-hidden />, title: t('search.all', {words: query}), more: ''}] : [];
    return [...caseHits, ...pageHits, ...all];
  }, [query, personId, cases, canStart, canDesign, canSeeAlarms, t, localize]);
}

function searchFor(words: string, personId: string): Pick<Hit, 'to' | 'state'> {
  const {query, state} = putWords(words, personId);
  return {to: `/search?${new URLSearchParams(query).toString()}`, state};
}
