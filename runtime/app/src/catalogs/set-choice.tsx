import {Select} from 'antd';
import {useCatalogText} from '../texts/catalogs-hook.js';
import {freshSet, type useChangeSets} from './use-change-sets.js';

/** Chooses the change set that something is written into, or a new one with a proposed name. */
export function SetChoice({sets, proposed}: {readonly sets: ReturnType<typeof useChangeSets>; readonly proposed: string}) {
  const t = useCatalogText();
  return (
    <div>
      <label className="banli-field-label" htmlFor="change-set">{t('edit.set')}</label>
      <Select id="change-set" className="app-catalog-wide" value={sets.setId} onChange={sets.choose} options={[...sets.list.map(each => ({value: each.id, label: each.title})), ...(sets.isOnly ? [] : [{value: freshSet, label: t('edit.newSet', {title: proposed})}])]} />
      <div className="banli-secondary">{t('edit.setHelp')}</div>
    </div>
  );
}
