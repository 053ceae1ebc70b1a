import {buildPath, catalogLifeRoutes, type QueryOf} from '@banli/api';
import {useLanguage} from '@banli/ui';
import {Button, Dropdown} from 'antd';
import {useToolText} from '../texts/tools-hook.js';

type Filter = QueryOf<typeof catalogLifeRoutes.exportExcel>;

/** Address of the workbook of a table, or of what a filter leaves of it. */
export function exportAddress(catalogId: string, filter: Filter): string {
  return buildPath(catalogLifeRoutes.exportExcel.path, {catalogId}, filter);
}

/** Offers the filtered rows as a workbook, its columns in the language of the page or by their own names. */
export function ExportMenu({catalogId, filter}: {readonly catalogId: string; readonly filter: Filter}) {
  const t = useToolText();
  const language = useLanguage();
  return (
    <Dropdown trigger={['click']} menu={{items: [
      {key: 'words', label: <a href={exportAddress(catalogId, {...filter, language})} download>{t('work.exportWords')}</a>},
      {key: 'codes', label: <a href={exportAddress(catalogId, {...filter, codes: true})} download>{t('work.exportCodes')}</a>},
    ]}}>
      <Button>{t('work.export')}</Button>
    </Dropdown>
  );
}
