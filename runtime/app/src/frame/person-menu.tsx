import {CheckOutlined, DownOutlined, KeyOutlined, LogoutOutlined, SwapOutlined} from '@ant-design/icons';
import {sessionRoutes} from '@banli/api';
import {ErrorPanel, flushLive, forgetLive, leave, tellTabs} from '@banli/ui';
import {useMutation} from '@tanstack/react-query';
import {App, Button, Dropdown, type MenuProps} from 'antd';
import {useState} from 'react';
import {useNavigate} from 'react-router-dom';
import {api} from '../http/api.js';
import {PasswordDialog} from '../session/password-dialog.js';
import {useSession} from '../session/session-context.js';
import {useText} from '../texts/hook.js';
import {usePostTitle} from './top-bar.js';

/** The person with unit and role; switches posts, changes the password, signs out. */
export function PersonMenu() {
  const t = useText();
  const {session, setSession} = useSession();
  const postTitle = usePostTitle();
  const navigate = useNavigate();
  const {modal} = App.useApp();
  const [isPasswordOpen, setPasswordOpen] = useState(false);
  const active = session.posts.find(post => post.id === session.activePostId);
  const fail = (error: unknown) => void modal.error({title: t('person.failed'), content: <ErrorPanel error={error} />, icon: null});
  const switchPost = useMutation({
    mutationFn: (postId: string) => api.call(sessionRoutes.switchPost, {body: {postId}}),
    onSuccess: next => {
      setSession(next);
      void navigate('/inbox/todo');
    },
    onError: fail,
  });
  const ask = () => new Promise<boolean>(answer => void modal.confirm({title: t('person.unsaved'), content: t('person.unsavedHelp'), okText: t('person.leaveAnyway'), okButtonProps: {danger: true}, cancelText: t('person.stay'), onOk: () => answer(true), onCancel: () => answer(false)}));
  const logout = useMutation({
    mutationFn: () => leave({storage: globalThis.localStorage, personId: session.person.id, flush: flushLive, forget: forgetLive, ask, end: () => api.call(sessionRoutes.logout), tell: () => tellTabs(null)}),
    onSuccess: hasLeft => (hasLeft ? globalThis.location.replace('/') : undefined),
    onError: fail,
  });
  const items: NonNullable<MenuProps['items']> = [
    ...(session.posts.length > 1
      ? [
          {
            key: 'posts',
            type: 'group' as const,
            label: t('person.posts'),
            children: session.posts.map(post => ({key: `post ${post.id}`, label: postTitle(post), icon: post.id === session.activePostId ? <CheckOutlined /> : <SwapOutlined />})),
          },
          {type: 'divider' as const},
        ]
      : []),
    {key: 'password', icon: <KeyOutlined />, label: t('person.password')},
    {key: 'logout', icon: <LogoutOutlined />, label: t('person.logout')},
  ];
  const choose = ({key}: {readonly key: string}) => {
    if (key === 'logout') logout.mutate();
    else if (key === 'password') setPasswordOpen(true);
    else if (key !== `post ${session.activePostId}`) switchPost.mutate(key.replace('post ', ''));
  };
  return (
    <>
      <Dropdown menu={{items, onClick: choose}} trigger={['click']} placement="bottomRight">
        <Button type="text" className="app-person" title={t('person.menu', {name: session.person.name})}>
          <span className="app-person-name">{session.person.name}</span>
          <span className="app-person-post banli-one-line">{active ? postTitle(active) : ''}</span>
          <DownOutlined aria-hidden className="app-person-arrow" />
        </Button>
      </Dropdown>
      <PasswordDialog isOpen={isPasswordOpen || session.mustChangePassword} isForced={session.mustChangePassword} onClose={() => setPasswordOpen(false)} />
    </>
  );
}
