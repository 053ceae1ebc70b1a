import type {ApiProblem} from '@banli/api';
import {useLocalize} from '@banli/ui';
import {useFieldText} from '../texts/fields-hook.js';
import {useToolText} from '../texts/tools-hook.js';
import {fieldsTable, settingsTable} from './field-cells.js';
import {columnTitle, type CatalogForm} from './use-catalog-form.js';

const mostShown = 100;

/** A key of several columns tells less than the row's name, where the sentence says that. */
const keyShown = (message: string, key: string): string => (key.includes('|') && !message.includes(key) ? '' : key);

/** Problems of rows in words: what, in which row (of a sheet or by its key), in which column. */
export function ProblemList({problems, form}: {readonly problems: readonly ApiProblem[]; readonly form: CatalogForm | undefined}) {
  const t = useToolText();
  const localize = useLocalize();
  const fieldText = useFieldText();
  const fieldInput = (cell: string): string => (cell === 'titleZh' || cell === 'titleEn' || cell === 'type' || cell === 'required' || cell === 'format' || cell === 'maxLength' || cell === 'reference' ? fieldText(cell) : cell === 'column' ? fieldText('name') : cell.startsWith('option') ? fieldText('options') : cell.startsWith('below') ? fieldText('below') : '');
  const settingInput = (cell: string): string => (cell === 'titleZh' || cell === 'titleEn' ? fieldText(cell) : cell === 'owner' || cell === 'risk' ? fieldText(`setting.${cell}`) : cell.startsWith('maintainer') ? fieldText('setting.keeper') : '');
  const place = ({message, place: {line, element, field, file}, severity}: ApiProblem) => [
    severity === 'warning' ? t('work.warning') : '', line === undefined ? '' : t('work.line', {line}), keyShown(message, element ?? ''), field === undefined ? '' : file?.endsWith(`/${fieldsTable}`) ? fieldInput(field) : file?.endsWith(`/${settingsTable}`) ? settingInput(field) : localize(columnTitle(form, file?.split('/')[1] ?? form?.id ?? '', field)),
  ].filter(Boolean).join(' · ');
  return (
    <ul className="app-plain-list app-tool-problems" tabIndex={0} aria-label={t('work.problemList')}>
      {problems.slice(0, mostShown).map((problem, index) => (
        <li key={index} className={problem.severity === 'warning' ? 'app-tool-warning' : 'app-tool-error'}>
          {localize({'zh-CN': problem.messageZh ?? problem.message, en: problem.message})} <span className="banli-secondary">{place(problem)}</span>
        </li>
      ))}
      {problems.length > mostShown ? <li>{t('work.moreProblems', {count: problems.length - mostShown})}</li> : null}
    </ul>
  );
}
