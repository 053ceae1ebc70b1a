import {catalogIssueRoutes} from '@banli/api';
import {ErrorPanel, useLocalize} from '@banli/ui';
import {App, Modal} from 'antd';
import {useUnitName} from '../frame/use-unit-name.js';
import {api, serverClock} from '../http/api.js';
import {useIssueText} from '../texts/issue-hook.js';
import {useAreaName} from '../tokens/use-area-name.js';
import {dayOf, useIssueAction, type OpenedIssue} from './issue-data.js';

/** Asks before an issue becomes the unit's own layer, and says what will hold where, from when, and instead of what. */
export function ConfirmDialog({opened: {issue, tables, newest}, from, acceptWarnings, onEnd}: {readonly opened: OpenedIssue; readonly from: string; readonly acceptWarnings: boolean; readonly onEnd: () => void}) {
  const t = useIssueText();
  const localize = useLocalize();
  const unitName = useUnitName();
  const areaName = useAreaName();
  const {message} = App.useApp();
  const act = useIssueAction();
  const own = tables.reduce((sum, table) => sum + table.own, 0);
  const facts = [
    [t('confirm.what'), t(own > 0 ? 'confirm.own' : 'confirm.noOwn', {base: issue.baseName, count: own})],
    [t('confirm.where'), t('confirm.area', {area: areaName(issue.areaCode)})],
    [t('confirm.when'), from === dayOf(serverClock.now()) ? t('confirm.now', {day: from}) : t('confirm.day', {day: from})],
    [t('confirm.instead'), newest === null || newest.kind === 'ended' ? t('confirm.above', {unit: unitName(issue.from.name)}) : newest.name],
  ] as const;
  const go = () => {
    if (act.isPending) return;
    act.mutate(() => api.call(catalogIssueRoutes.confirm, {params: {issueId: issue.id}, body: {lockVersion: issue.lockVersion, effectiveFrom: from, ...(acceptWarnings ? {acceptWarnings} : {})}}), {onSuccess: () => {
      void message.success(t('act.confirmed', {day: from}));
      onEnd();
    }});
  };
  return (
    <Modal open title={t('confirm.ask', {title: localize(issue.catalog), unit: unitName(issue.to.name)})} okText={t('act.confirm')} confirmLoading={act.isPending} onOk={go} onCancel={onEnd} maskClosable={false}>
      {act.error ? <ErrorPanel error={act.error} /> : null}
      <dl className="app-catalog-cells">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <p className="banli-secondary">{t('confirm.help')}</p>
    </Modal>
  );
}
