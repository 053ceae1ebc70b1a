import {createTextHook, plural, type TextTable} from '@banli/ui';

const zh = {
  'problems.title': '问题',
  'problems.count': '{{errors}} 个错误，{{warnings}} 个提醒',
  'problems.none': '没有问题，可以发布',
  'problems.unchanged': '没有问题；没有未发布的修改',
  'problems.checking': '正在校验',
  'problems.all': '全部',
  'problems.error': '错误',
  'problems.warning': '提醒',
  'problems.filter': '筛选问题',
  'problems.jump': '定位到问题所在',
} as const;

/** The table that the designer's shell registers under `problems`. */
export const problemTexts: TextTable<keyof typeof zh> = {
  zh,
  en: {
    'problems.title': 'Problems',
    'problems.count': `{{errors}} ${plural('errors', 'error', 'errors')}, {{warnings}} ${plural('warnings', 'warning', 'warnings')}`,
    'problems.none': 'No problems, ready to publish',
    'problems.unchanged': 'No problems; no unpublished changes',
    'problems.checking': 'Checking',
    'problems.all': 'All',
    'problems.error': 'Errors',
    'problems.warning': 'Warnings',
    'problems.filter': 'Filter problems',
    'problems.jump': 'Go to the place',
  },
};

/** Texts of the list of problems. */
export const useProblemText = createTextHook<keyof typeof zh>('problems');
