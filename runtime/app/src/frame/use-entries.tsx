import {AlertOutlined, ApartmentOutlined, ApiOutlined, BellOutlined, BookOutlined, CheckSquareOutlined, DashboardOutlined, EditOutlined, FieldTimeOutlined, FileTextOutlined, InboxOutlined, NodeExpandOutlined, PartitionOutlined, PlusCircleOutlined, SendOutlined, StarOutlined, ThunderboltOutlined} from '@ant-design/icons';
import type {ReactNode} from 'react';
import {useCan} from '../session/session-context.js';
import {useAutomaticText} from '../texts/automatic-hook.js';
import {useText} from '../texts/hook.js';
import {useBoardText} from '../texts/board-hook.js';
import {useIssueText} from '../texts/issue-hook.js';
import {useSubscriptionText} from '../texts/subscription-hook.js';
import {useTokenText} from '../texts/tokens-hook.js';
import {useCounts, useEngineState} from './use-counts.js';

/** A page of the workbench. */
export interface Entry {
  readonly to: string;
  readonly icon: ReactNode;
  readonly label: string;
  readonly count?: number;
  readonly external?: boolean;
  /** Reached from another page, or by Ctrl K: it does not stand in the navigation. */
  readonly isDeep?: boolean;
  /** A longer name that it is looked for by, too. */
  readonly also?: string;
}

/** The pages this person may open, in groups, with badge counts: what the navigation and Ctrl K offer. */
export function useEntries(): ReadonlyArray<readonly Entry[]> {
  const t = useText();
  const {data: counts} = useCounts();
  const canStart = useCan('cases.start');
  const canRead = useCan('cases.read');
  const boardText = useBoardText();
  const automaticText = useAutomaticText();
  const canSeeDispatch = useCan('dispatch.read');
  const canSeeAlarms = useCan('operations.read');
  const {data: engine} = useEngineState();
  const register: readonly Entry[] = canStart ? [{to: '/register', icon: <PlusCircleOutlined />, label: t('nav.register')}] : [];
  const boxes: readonly Entry[] = [
    {to: '/inbox/todo', icon: <InboxOutlined />, label: t('box.todo'), count: counts?.todo ?? 0},
    {to: '/inbox/done', icon: <CheckSquareOutlined />, label: t('box.done')},
    {to: '/inbox/mine', icon: <SendOutlined />, label: t('box.mine')},
    ...(canStart ? [{to: '/inbox/drafts', icon: <EditOutlined />, label: t('box.drafts'), count: counts?.drafts ?? 0}] : []),
  ];
  const looking: readonly Entry[] = [
    {to: '/notices', icon: <BellOutlined />, label: t('nav.notices'), count: counts?.notices ?? 0},
    {to: '/search', icon: <FileTextOutlined />, label: t('nav.search')},
    ...(canRead ? [{to: '/limit-board', icon: <DashboardOutlined />, label: boardText('nav')}] : []),
    ...(canSeeDispatch ? [{to: '/automatic-dispatch', icon: <ThunderboltOutlined />, label: automaticText('nav')}] : []),
    ...(canSeeAlarms ? [{to: '/alarms', icon: <AlertOutlined />, label: t('nav.alarms'), count: engine?.alarms ?? 0}] : []),
  ];
  return [register, boxes, looking, useTools()].filter(group => group.length > 0);
}

function useTools(): readonly Entry[] {
  const t = useText();
  const issueText = useIssueText();
  const subscriptionText = useSubscriptionText();
  const tokenText = useTokenText();
  const canSeeCatalogs = useCan('catalogs.read');
  const canPublish = useCan('catalogs.publish');
  const canManageTokens = useCan('tokens.manage');
  const canDesign = useCan('design.read');
  return [
    ...(canSeeCatalogs
      ? [
          {to: '/catalogs', icon: <BookOutlined />, label: t('nav.catalogs')},
          {to: '/catalog-issues', icon: <NodeExpandOutlined />, label: issueText('nav'), isDeep: true},
          {to: '/catalog-subscriptions', icon: <StarOutlined />, label: subscriptionText('nav'), isDeep: true},
          {to: '/dispatch-rules', icon: <PartitionOutlined />, label: t('nav.dispatch')},
        ]
      : []),
    ...(canPublish ? [{to: '/limit-plans', icon: <FieldTimeOutlined />, label: t('nav.plans')}] : []),
    ...(canManageTokens ? [{to: '/access-tokens', icon: <ApiOutlined />, label: tokenText('nav'), also: tokenText('title')}] : []),
    ...(canDesign ? [{to: '/designer/', icon: <ApartmentOutlined />, label: t('nav.designer'), external: true}] : []),
  ];
}
