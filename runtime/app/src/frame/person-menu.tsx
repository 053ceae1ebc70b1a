import {CheckOutlined, DownOutlined, KeyOutlined, LogoutOutlined, SwapOutlined} from '@ant-design/icons';
import {Badge, Button, Dropdown, type MenuProps} from 'antd';
import {useState} from 'react';
import {PasswordDialog} from '../session/password-dialog.js';
import {useSession} from '../session/session-context.js';
import {useText} from '../texts/hook.js';
import {useCounts} from './use-counts.js';
import {usePersonActions} from './use-person-actions.js';
import {usePostTitle} from './use-post-title.js';

/** The person with unit and role, and what waits for him in other posts; switches posts, changes the password, signs out. */
export function PersonMenu() {
  const t = useText();
  const {session} = useSession();
  const postTitle = usePostTitle();
  const [isPasswordOpen, setPasswordOpen] = useState(false);
  const active = session.posts.find(post => post.id === session.activePostId);
  const {switchPost, signOut} = usePersonActions();
  const waiting = new Map((useCounts().data?.otherPosts ?? []).map(({postId, todo}) => [postId, todo]));
  const elsewhere = [...waiting.values()].reduce((sum, todo) => sum + todo, 0);
  const badgeOf = (count: number) => (count > 0 ? <Badge count={count} size="small" title={t('person.waitingElsewhere', {count})} /> : null);
  const items: NonNullable<MenuProps['items']> = [
    ...(session.posts.length > 1
      ? [
          {
            key: 'posts',
            type: 'group' as const,
            label: t('person.posts'),
            children: session.posts.map(post => ({key: `post ${post.id}`, label: <>{postTitle(post)} {badgeOf(waiting.get(post.id) ?? 0)}</>, icon: post.id === session.activePostId ? <CheckOutlined /> : <SwapOutlined />})),
          },
          {type: 'divider' as const},
        ]
      : []),
    {key: 'password', icon: <KeyOutlined />, label: t('person.password')},
    {key: 'logout', icon: <LogoutOutlined />, label: t('person.logout')},
  ];
  const choose = ({key}: {readonly key: string}) => {
    if (key === 'logout') signOut();
    else if (key === 'password') setPasswordOpen(true);
    else if (key !== `post ${session.activePostId}`) switchPost(key.replace('post ', ''));
  };
  return (
    <>
      <Dropdown menu={{items, onClick: choose}} trigger={['click']} placement="bottomRight">
        <Button type="text" className="app-person" title={t('person.menu', {name: session.person.name})}>
          <span className="app-person-name">{session.person.name}</span>
          <span className="app-person-post banli-one-line">{active ? postTitle(active) : ''}</span>
          {badgeOf(elsewhere)}
          <DownOutlined aria-hidden className="app-person-arrow" />
        </Button>
      </Dropdown>
      <PasswordDialog isOpen={isPasswordOpen || session.mustChangePassword} isForced={session.mustChangePassword} onClose={() => setPasswordOpen(false)} />
    </>
  );
}
