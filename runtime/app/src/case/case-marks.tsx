import {useJoints} from '@banli/ui';
import {EyeInvisibleOutlined, HeartOutlined, LockOutlined, PauseCircleOutlined, RedoOutlined, SyncOutlined} from '@ant-design/icons';
import {Tooltip} from 'antd';
import type {ReactNode} from 'react';
import {useText} from '../texts/hook.js';

const icons = {
  vulnerable: <HeartOutlined />,
  confidential: <LockOutlined />,
  anonymous: <EyeInvisibleOutlined />,
  redo: <RedoOutlined />,
  paused: <PauseCircleOutlined />,
  pending: <SyncOutlined />,
} as const satisfies Record<string, ReactNode>;

type Mark = keyof typeof icons;

/** Marks of a case: icon and word (in lists the icon alone), the meaning on hover. Marks this version does not know are left out. */
export function CaseMarks({marks, isShort = false}: {readonly marks: readonly string[]; readonly isShort?: boolean}) {
  const t = useText();
  const joints = useJoints();
  const known = marks.filter((mark): mark is Mark => mark in icons);
  return (
    <>
      {known.map(mark => (
        <Tooltip key={mark} title={joints.pair(t(`mark.${mark}`), t(`mark.${mark}Help`))}>
          <span className={`app-mark app-mark-${mark}`}>
            {icons[mark]}
            <span className={isShort ? 'banli-visually-hidden' : ''}>{t(`mark.${mark}`)}</span>
          </span>
        </Tooltip>
      ))}
    </>
  );
}
