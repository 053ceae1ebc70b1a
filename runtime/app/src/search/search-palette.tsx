import {EnterOutlined, SearchOutlined} from '@ant-design/icons';
import {inboxRoutes} from '@banli/api';
import {ErrorPanel, useLoaded} from '@banli/ui';
import {sleep} from '@banli/time';
import {Input, Modal, type InputRef} from 'antd';
import {useEffect, useRef, useState, type KeyboardEvent} from 'react';
import {api} from '../http/api.js';
import {useText} from '../texts/hook.js';
import {foundPage} from './found-page.js';
import {useHits, type Hit} from './use-hits.js';

/** Ctrl K: one box for numbers, exact phones, titles, pages and actions; arrows choose, Enter opens. */
export function SearchPalette({onClose}: {readonly onClose: () => void}) {
  const t = useText();
  const [words, setWords] = useState('');
  const [chosen, setChosen] = useState(0);
  const input = useRef<InputRef>(null);
  const query = words.trim();
  const found = useLoaded(query.length < 2 ? null : query, async () => {
    await sleep(200, new AbortController().signal);
    return {query, rows: (await foundPage(cursor => api.call(inboxRoutes.search, {body: {q: query, limit: 10, ...(cursor === '' ? {} : {cursor})}}), '')).rows};
  });
  const hits = useHits(query, query.length < 2 ? [] : (found.value?.rows ?? []));
  // The line that opens the full search is always there and is no hit.
  const isWithoutHits = query !== '' && hits.every(hit => hit.key === 'all') && (query.length < 2 || (found.value?.query === query && found.error === null));
  const at = Math.min(chosen, hits.length - 1);
  const chosenKey = hits[at]?.key;
  // What the keys choose stays in sight. Newer browsers answer with a promise, which is no clean-up of an effect.
  useEffect(() => {
    void document.getElementById(`hit-${chosenKey}`)?.scrollIntoView({block: 'nearest'});
  }, [chosenKey]);
  const open = (hit: Hit | undefined) => {
    if (!hit) return;
    onClose();
    hit.open();
  };
  const press = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown') setChosen(Math.min(at + 1, hits.length - 1));
    else if (event.key === 'ArrowUp') setChosen(Math.max(at - 1, 0));
    else if (event.key === 'Home' && event.ctrlKey) setChosen(0);
    else if (event.key === 'End' && event.ctrlKey) setChosen(hits.length - 1);
    else if (event.key === 'PageDown') setChosen(Math.min(at + 5, hits.length - 1));
    else if (event.key === 'PageUp') setChosen(Math.max(at - 5, 0));
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
