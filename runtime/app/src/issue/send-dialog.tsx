import {catalogIssueRoutes} from '@banli/api';
import {ErrorPanel, Skeleton, useLocalize} from '@banli/ui';
import {useQuery} from '@tanstack/react-query';
import {App, Checkbox, Input, Modal, Select} from 'antd';
import {useState} from 'react';
import {api} from '../http/api.js';
import {useSession} from '../session/session-context.js';
import {useIssueText} from '../texts/issue-hook.js';
import {useIssueAction} from './issue-data.js';
import {OpenSets} from './open-sets.js';
import {useUnitName} from '../frame/use-unit-name.js';

/** Issues a catalog from the unit of the active post to units directly below. */
export function SendDialog({chosen, onEnd}: {readonly chosen: string; readonly onEnd: () => void}) {
  const unitName = useUnitName();
  const t = useIssueText();
  const localize = useLocalize();
  const {message} = App.useApp();
  const {session} = useSession();
  const post = session.posts.find(each => each.id === session.activePostId);
  const from = post?.unitId ?? '';
  const catalogs = useQuery({queryKey: ['issuable'], queryFn: () => api.call(catalogIssueRoutes.issuable), staleTime: 60_000});
  const [catalogId, setCatalog] = useState(chosen);
  const [units, setUnits] = useState<readonly string[]>([]);
  const [note, setNote] = useState('');
  const targets = useQuery({queryKey: ['issues', 'targets', catalogId, from], queryFn: () => api.call(catalogIssueRoutes.targets, {params: {catalogId}, query: {from}}), enabled: catalogId !== '' && from !== ''});
  const act = useIssueAction();
  const send = () => {
    if (act.isPending) return;
    act.mutate(() => api.call(catalogIssueRoutes.send, {params: {catalogId}, body: {fromUnitId: from, toUnitIds: [...units], ...(note.trim() === '' ? {} : {note: note.trim()})}}), {onSuccess: () => {
      void message.success(t('send.done', {count: units.length}));
      onEnd();
    }});
  };
  const error = catalogs.error ?? targets.error ?? act.error;
  return (
    <Modal open title={t('send')} okText={units.length === 0 ? t('send') : t('send.go', {count: units.length})} okButtonProps={{disabled: units.length === 0, title: units.length === 0 ? t('send.pick') : ''}} confirmLoading={act.isPending} onOk={send} onCancel={onEnd} maskClosable={false}>
      {error ? <ErrorPanel error={error} /> : null}
      <label className="banli-field-label" htmlFor="issue-catalog">{t('send.catalog')}</label>
      <Select<string> id="issue-catalog" className="app-catalog-wide" showSearch optionFilterProp="label" virtual={false} placeholder={t('send.pickCatalog')} {...(catalogId === '' ? {} : {value: catalogId})} options={(catalogs.data?.catalogs ?? []).map(each => ({value: each.id, label: `${localize(each.title)} ${each.version}`}))} onChange={next => {
        setCatalog(next);
        setUnits([]);
      }} />
      {catalogs.data?.catalogs.find(each => each.id === catalogId)?.owner.id === from ? <OpenSets catalogId={catalogId} /> : null}
      <div className="banli-secondary">{t('send.from', {unit: unitName(post?.unitName) || from})}</div>
      <fieldset className="app-issue-targets">
        <legend className="banli-field-label">{t('send.to')}</legend>
        {targets.isLoading && !targets.error ? <Skeleton rows={2} /> : null}
        {catalogId === '' ? <p className="banli-secondary">{t('send.pickFirst')}</p> : null}
        {targets.data?.targets.length === 0 ? <p className="banli-secondary">{t('send.noTargets')}</p> : null}
        {targets.data?.targets.map(({unit, layer, openIssueId}) => (
          <Checkbox key={unit.id} disabled={openIssueId !== null} checked={units.includes(unit.id)} onChange={event => setUnits(event.target.checked ? [...units, unit.id] : units.filter(id => id !== unit.id))}>
            {unitName(unit.name)} <span className="banli-secondary">{openIssueId !== null ? t('send.open') : layer ? t('send.has', {layer: layer.name}) : t('send.hasNone')}</span>
          </Checkbox>
        ))}
      </fieldset>
      <label className="banli-field-label" htmlFor="issue-note">{t('send.note')}</label>
      <Input.TextArea id="issue-note" value={note} maxLength={1_000} autoSize={{minRows: 2, maxRows: 5}} onChange={event => setNote(event.target.value.replaceAll('\n', ' '))} />
    </Modal>
  );
}
