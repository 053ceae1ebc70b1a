import {CheckOutlined, FileTextOutlined, GlobalOutlined, LogoutOutlined, SearchOutlined, SwapOutlined} from '@ant-design/icons';
import type {CaseHeadView} from '@banli/api';
import {DueState, useLanguageSwitch, useLocalize} from '@banli/ui';
import type {ReactNode} from 'react';
import {useNavigate} from 'react-router-dom';
import {usePostTitle} from '../frame/use-post-title.js';
import {useEntries} from '../frame/use-entries.js';
import {usePersonActions} from '../frame/use-person-actions.js';
import {useSession} from '../session/session-context.js';
import {useText} from '../texts/hook.js';
import {placeOfSearch} from './asked-words.js';

/** One line of Ctrl K: a case, a page, something to do, or the full search. */
export interface Hit {
  readonly key: string;
  readonly icon: ReactNode;
  readonly title: ReactNode;
  readonly more: ReactNode;
  readonly open: () => void;
}

/** What stands for words without blanks and in one case: `Ctrl K` and `ctrl k` are the same. */
function fits(title: string, query: string): boolean {
  return title.toLowerCase().replace(/\s/g, '').includes(query.toLowerCase().replace(/\s/g, ''));
}

/** Everything that words lead to: cases, pages and actions of this person, and last the full search. */
export function useHits(query: string, cases: readonly CaseHeadView[]): readonly Hit[] {
  const t = useText();
  const navigate = useNavigate();
  const pages = usePages();
  const actions = useActions();
  const personId = useSession().session.person.id;
  const all = (): Hit => ({
    key: 'all', icon: <SearchOutlined aria-hidden />, title: t('search.all', {words: query}), more: '',
    open: () => {
      const {to, state} = placeOfSearch(query, {}, personId);
      void navigate(to, {state});
    },
  });
  return [...useCaseHits(cases), ...[...pages, ...actions].filter(({words}) => fits(words, query)), ...(query.length >= 2 ? [all()] : [])];
}

function useCaseHits(cases: readonly CaseHeadView[]): readonly Hit[] {
  const localize = useLocalize();
  const navigate = useNavigate();
  return cases.map(head => ({
    key: head.id,
    icon: <FileTextOutlined aria-hidden />,
    title: (
      <>
        <span className="app-number">{head.number}</span> {head.title}
      </>
    ),
    more: head.clock ? <DueState clock={head.clock} look="badge" /> : localize(head.state.title),
    open: () => void navigate(`/cases/${head.id}`),
  }));
}

interface Named extends Hit {
  /** What the words are held against. */
  readonly words: string;
}

function usePages(): readonly Named[] {
  const t = useText();
  const navigate = useNavigate();
  return useEntries().flat().map(({to, icon, label, external, also = ''}) => ({
    key: to.replaceAll('/', '-'), icon, title: label, words: `${label} ${also}`, more: t('search.page'),
    open: () => (external ? globalThis.location.assign(to) : void navigate(to)),
  }));
}

function useActions(): readonly Named[] {
  const t = useText();
  const {session} = useSession();
  const postTitle = usePostTitle();
  const {switchPost, signOut} = usePersonActions();
  const language = useLanguageSwitch();
  const action = (key: string, icon: ReactNode, title: string, open: () => void): Named => ({key, icon, title, words: title, more: t('search.action'), open});
  const posts = session.posts.length < 2 ? [] : session.posts.map(post => action(`post-${post.id}`, post.id === session.activePostId ? <CheckOutlined /> : <SwapOutlined />, t(post.id === session.activePostId ? 'search.onPost' : 'search.switchPost', {post: postTitle(post)}), () => {
    if (post.id !== session.activePostId) switchPost(post.id);
  }));
  return [...posts, action('language', <GlobalOutlined />, t('search.language', {language: language.title}), language.change), action('sign-out', <LogoutOutlined />, t('person.logout'), signOut)];
}
