import {accessTokenRoutes, type AnswerOf} from '@banli/api';
import {ErrorPanel, useLocalize} from '@banli/ui';
import {useMutation} from '@tanstack/react-query';
import {Form, Input, InputNumber, Modal, Radio, Select} from 'antd';
import {api} from '../http/api.js';
import {useText} from '../texts/hook.js';
import {useTokenText} from '../texts/tokens-hook.js';
import type {MadeToken} from './token-state.js';
import {useAreas} from './use-area-name.js';

interface NewToken {
  readonly name: string;
  readonly reach: 'all' | 'some';
  readonly catalogs?: string[];
  readonly areaCode?: string;
  readonly days: number;
  readonly perMinute: number;
}

const defaults = {reach: 'some', days: 365, perMinute: 60} as const;

/** Makes a token: for whom, what it reads, how long and how often; what was typed stays when it is refused. */
export function CreateToken({catalogs, givesAll, onClose, onMade}: {readonly catalogs: AnswerOf<typeof accessTokenRoutes.list>['catalogs']; readonly givesAll: boolean; readonly onClose: () => void; readonly onMade: (made: MadeToken) => void}) {
  const t = useTokenText();
  const own = useText();
  const localize = useLocalize();
  const areas = useAreas();
  const [form] = Form.useForm<NewToken>();
  const reach = Form.useWatch('reach', form) ?? defaults.reach;
  const create = useMutation({
    mutationFn: ({name, reach: which, catalogs: chosen = [], areaCode, days, perMinute}: NewToken) => api.call(accessTokenRoutes.create, {body: {name: name.trim(), catalogs: which === 'all' ? ['*'] : chosen, areaCode: areaCode ?? null, days, perMinute}}),
    onSuccess: onMade,
  });
  const needed = (message: string) => [{required: true, message}];
  return (
    <Modal open title={t('add')} okText={t('create')} cancelText={own('common.cancel')} confirmLoading={create.isPending} onOk={() => form.submit()} onCancel={onClose} maskClosable={false}>
      {create.error ? <ErrorPanel error={create.error} /> : null}
      <Form form={form} layout="vertical" initialValues={defaults} requiredMark onFinish={values => (create.isPending ? undefined : create.mutate(values))}>
        <Form.Item name="name" label={t('name')} extra={t('nameHelp')} rules={[{required: true, whitespace: true, message: t('nameMissing')}]}>
          <Input maxLength={100} autoFocus placeholder={t('nameHint')} />
        </Form.Item>
        <Form.Item name="reach" label={t('catalogs')}>
          <Radio.Group options={[{value: 'some', label: t('someCatalogs')}, ...(givesAll ? [{value: 'all', label: t('allCatalogs')}] : [])]} />
        </Form.Item>
        {reach === 'some' ? (
          <Form.Item name="catalogs" rules={[{type: 'array', min: 1, validateTrigger: 'onSubmit', message: t('catalogsMissing'), transform: (chosen?: string[]) => chosen ?? []}]} label={<span><span className="banli-field-star" aria-hidden>*</span> {t('someCatalogs')}</span>}>
            <Select mode="multiple" optionFilterProp="label" placeholder={t('catalogsHint')} options={catalogs.map(({id, title}) => ({value: id, label: localize(title)}))} />
          </Form.Item>
        ) : null}
        <Form.Item name="areaCode" label={t('area')} extra={t('areaHelp')} {...(areas.error ? {validateStatus: 'warning', help: t('areasFailed')} : {})}>
          <Select showSearch allowClear loading={areas.isPending} optionFilterProp="label" placeholder={t('anyArea')} options={(areas.data?.choices ?? []).map(area => ({value: area.key, label: `${[...area.path, localize(area.title)].join(' / ')} ${area.key}`}))} />
        </Form.Item>
        <div className="app-token-numbers">
          <Form.Item name="days" label={t('days')} rules={needed(t('daysMissing'))}>
            <InputNumber min={1} max={730} precision={0} addonAfter={t('daysUnit')} />
          </Form.Item>
          <Form.Item name="perMinute" label={t('perMinute')} rules={needed(t('perMinuteMissing'))}>
            <InputNumber min={1} max={6_000} precision={0} addonAfter={t('perMinuteUnit')} />
          </Form.Item>
        </div>
      </Form>
    </Modal>
  );
}
