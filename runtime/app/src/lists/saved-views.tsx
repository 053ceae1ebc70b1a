import {CloseOutlined, SaveOutlined} from '@ant-design/icons';
import type {ListViewJson} from '@banli/api';
import {ErrorPanel} from '@banli/ui';
import {App, Button, Input, Popover} from 'antd';
import {useState} from 'react';
import {useText} from '../texts/hook.js';
import {useListText} from '../texts/lists-hook.js';
import type {ListArrangement, ViewFilters} from './use-list-preferences.js';
import {isSame} from './view-filters.js';

/** What saved views need. `hasWords`: the search has words besides, which are not kept. */
export interface SavedViewsProps {
  readonly arrangement: ListArrangement;
  readonly filters: ViewFilters;
  readonly hasWords?: boolean;
  readonly onOpen: (filters: ViewFilters) => void;
}

/** Saved views as chips: one click narrows the list to one, the cross deletes it; filters that are no view yet can be saved. */
export function SavedViews({arrangement, filters, hasWords = false, onOpen}: SavedViewsProps) {
  const t = useListText();
  const own = useText();
  const {modal, message} = App.useApp();
  const {views, removeView} = arrangement;
  const isSaved = views.some(view => isSame(view.filters, filters));
  const askRemove = (view: ListViewJson) => void modal.confirm({
    title: t('views.removeAsk', {name: view.name}),
    content: t('views.removeHelp'),
    okText: t('views.remove', {name: view.name}),
    cancelText: own('common.cancel'),
    onOk: () => removeView.mutateAsync(view.id).then(() => void message.success(t('views.removed', {name: view.name})), (error: unknown) => void modal.error({title: t('views.failed'), content: <ErrorPanel error={error} />, icon: null})),
  });
  const canSave = Object.keys(filters).length > 0 && !isSaved;
  if (views.length === 0 && !canSave) return null;
  return (
    <div className="app-chips app-views" role="group" aria-label={t('views.label')}>
      {views.map(view => {
        const isOpen = isSame(view.filters, filters);
        return (
          <span key={view.id} className={`app-view${isOpen ? ' app-view-open' : ''}`}>
            <button type="button" aria-pressed={isOpen} className="app-view-name" onClick={() => onOpen(isOpen ? {} : view.filters)}>
              {view.name}
            </button>
            <button type="button" className="app-view-remove" aria-label={t('views.remove', {name: view.name})} title={t('views.remove', {name: view.name})} onClick={() => askRemove(view)}>
              <CloseOutlined aria-hidden />
            </button>
          </span>
        );
      })}
      {canSave ? <SaveView arrangement={arrangement} filters={filters} hasWords={hasWords} /> : null}
    </div>
  );
}

function SaveView({arrangement: {addView}, filters, hasWords}: {readonly arrangement: ListArrangement; readonly filters: ViewFilters; readonly hasWords: boolean}) {
  const t = useListText();
  const {message} = App.useApp();
  const [isOpen, setOpen] = useState(false);
  const [name, setName] = useState('');
  const [isChecked, setChecked] = useState(false);
  const isMissing = isChecked && name.trim() === '';
  const save = () => {
    setChecked(true);
    if (name.trim() === '' || addView.isPending) return;
    addView.mutate({name: name.trim(), filters}, {onSuccess: view => {
      setOpen(false);
      void message.success(t('views.saved', {name: view.name}));
    }});
  };
  const content = (
    <form className="app-view-form" onSubmit={event => { event.preventDefault(); save(); }}>
      <p className="banli-secondary">{t(hasWords ? 'views.noWords' : 'views.saveHelp')}</p>
      <label className="banli-field-label" htmlFor="view-name">{t('views.name')}</label>
      <Input id="view-name" autoFocus value={name} maxLength={40} placeholder={t('views.nameHint')} status={isMissing ? 'error' : ''} aria-invalid={isMissing} onChange={event => setName(event.target.value)} />
      {isMissing ? <div className="app-alarm-missing" role="alert">{t('views.nameMissing')}</div> : null}
      {addView.error ? <ErrorPanel error={addView.error} /> : null}
      <Button type="primary" htmlType="submit" loading={addView.isPending}>{t('views.do')}</Button>
    </form>
  );
  return (
    <Popover trigger="click" getPopupContainer={trigger => trigger.parentElement ?? trigger} placement="bottomLeft" open={isOpen} onOpenChange={open => { setOpen(open); if (open) { setName(''); setChecked(false); addView.reset(); } }} content={content} destroyOnHidden>
      <Button size="small" type="dashed" icon={<SaveOutlined aria-hidden />}>{t('views.save')}</Button>
    </Popover>
  );
}
