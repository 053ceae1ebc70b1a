import {useLocalize} from '@banli/ui';
import {Segmented, Select} from 'antd';
import {useCatalogText} from '../texts/catalogs-hook.js';
import type {CatalogForm} from './use-catalog-form.js';

const mostSegments = 4;

/** Chooses a table of a catalog; absent where there is only one. */
export function TablePicker({form, table, onPick}: {readonly form: CatalogForm; readonly table: string; readonly onPick: (table: string) => void}) {
  const t = useCatalogText();
  const localize = useLocalize();
  if (form.tables.length < 2) return null;
  const options = form.tables.map(each => ({value: each.name, label: localize(each.title)}));
  if (options.length > mostSegments) return <Select className="app-catalog-filter" aria-label={t('rows.table')} value={table} options={options} onChange={onPick} />;
  return <div className="app-catalog-segments"><Segmented aria-label={t('rows.table')} value={table} options={options} onChange={value => onPick(String(value))} /></div>;
}
