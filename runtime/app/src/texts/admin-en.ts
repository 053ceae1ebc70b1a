import type {AdminKey} from './admin-zh-cn.js';

/** Texts of the pages that look after catalogs, English. */
export const adminEn: Readonly<Record<AdminKey, string>> = {
  'history': 'History',
  'historyOf': 'History: {{title}}',
  'history.help': 'Every change of this row, the latest first: versions of the owner, and what units below made of it.',
  'history.none': 'No history yet',
  'history.noneHelp': 'The row was never published; a change set proposes it.',
  'history.more': 'Earlier changes',
  'history.line': 'Published by {{name}} {{moment}}, in effect from {{date}}',
  'history.lineUnit': '{{unit}}: confirmed by {{name}} {{moment}}, in effect from {{date}}',
  'history.folder': 'Published from files',
  'history.manual': 'Change set',
  'history.import': 'Import',
  'history.rollback': 'Brought back',
  'history.issue': 'Confirmed after it was issued',
  'history.undo': 'Went back to the confirmation before',
  'history.takeBack': 'Issue taken back',
  'history.people': 'Written by {{author}}, reviewed by {{reviewer}}',
  'history.opinion': 'Opinion of the review: {{opinion}}',
  'history.reason': 'Reason: {{reason}}',
  'history.toIssue': 'Open the issue',
};
