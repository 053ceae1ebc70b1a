import {catalogLifeRoutes, type QueryOf} from '@banli/api';
import {useLanguage} from '@banli/ui';
import {Button, Dropdown} from 'antd';
import {useSaveFile} from '../http/save-file.js';
import {useToolText} from '../texts/tools-hook.js';

type Filter = QueryOf<typeof catalogLifeRoutes.exportExcel>;

/** Offers the filtered rows as a workbook, its columns in the language of the page or by their own names. */
export function ExportMenu({catalogId, filter}: {readonly catalogId: string; readonly filter: Filter}) {
  const t = useToolText();
  const language = useLanguage();
  const files = useSaveFile();
  const save = (columns: Filter) => files.save(catalogLifeRoutes.exportExcel, {params: {catalogId}, query: {...filter, ...columns}}, `${catalogId}.xlsx`);
  return (
    <Dropdown trigger={['click']} menu={{items: [
      {key: 'words', label: t('work.exportWords'), onClick: () => save({language})},
      {key: 'codes', label: t('work.exportCodes'), onClick: () => save({codes: true})},
    ]}}>
      <Button loading={files.isPending}>{t('work.export')}</Button>
    </Dropdown>
  );
}
