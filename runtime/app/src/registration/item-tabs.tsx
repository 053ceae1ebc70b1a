import {CloseOutlined} from '@ant-design/icons';
import {useFormValues} from '@banli/ui';
import {App, Button} from 'antd';
import {useText} from '../texts/hook.js';
import {meaningOf} from './start-form.js';
import type {Call} from './use-call.js';

/** The orders of one call as tabs; the person is shared. Shown from the second order on. */
export function ItemTabs({call}: {readonly call: Call}) {
  const t = useText();
  const {modal} = App.useApp();
  useFormValues(call.model);
  if (call.items.length < 2) return null;
  const field = meaningOf(call.start, 'title');
  const name = (index: number) => call.titleOf(index, field) || t('register.item', {number: index + 1});
  const remove = (index: number) =>
    modal.confirm({
      title: t('register.removeItem', {name: name(index)}),
      okText: t('register.remove'),
      okButtonProps: {danger: true},
      cancelText: t('common.cancel'),
      onOk: () => call.removeItem(index),
    });
  return (
    <div className="app-items">
      <div role="tablist" aria-label={t('register.items')} className="app-items-list">
        {call.items.map((_, index) => (
          <button key={index} type="button" role="tab" aria-selected={index === call.active} onClick={() => call.showItem(index)} className="app-item banli-one-line" title={name(index)}>
            {index + 1}. {name(index)}
          </button>
        ))}
      </div>
      <Button type="text" size="small" icon={<CloseOutlined />} onClick={() => remove(call.active)}>
        {t('register.removeThis')}
      </Button>
      <span className="banli-secondary">{t('register.shared')}</span>
    </div>
  );
}
