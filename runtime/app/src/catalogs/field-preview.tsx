import {ErrorPanel, Skeleton, useLocalize, useReturnFocus} from '@banli/ui';
import {Drawer} from 'antd';
import {useState} from 'react';
import {useFieldText} from '../texts/fields-hook.js';
import {RowForm, type Cells} from './row-form.js';
import {useFormOfSet, type TableForm} from './use-catalog-form.js';

/** The form of a row as a change set would make it; nothing is kept. */
export function FieldPreview({catalogId, table, changeId, onClose}: {readonly catalogId: string; readonly table: TableForm; readonly changeId: string; readonly onClose: () => void}) {
  useReturnFocus();
  const t = useFieldText();
  const localize = useLocalize();
  const form = useFormOfSet(catalogId, changeId);
  const [cells, setCells] = useState<Cells>({});
  const shown = form.data?.tables.find(each => each.name === table.name);
  return (
    <Drawer open width={560} title={t('previewTitle', {table: localize(table.title)})} onClose={onClose}>
      <p className="banli-secondary">{t('previewHelp')}</p>
      {form.error ? <ErrorPanel error={form.error} onRetry={() => void form.refetch()} /> : null}
      {form.isPending && !form.error ? <Skeleton rows={6} /> : null}
      {shown ? <RowForm table={shown} isNew cells={cells} errors={new Map()} onChange={setCells} /> : null}
    </Drawer>
  );
}
