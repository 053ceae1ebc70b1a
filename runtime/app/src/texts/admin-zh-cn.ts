/** Texts of the pages that look after catalogs, Chinese. */
export const adminZh = {
  'history': '沿革',
  'historyOf': '沿革：{{title}}',
  'history.help': '本行的每一次变化，最近的在前；本级发布的版本和下级单位的本地化都在内。',
  'history.none': '还没有沿革',
  'history.noneHelp': '本行尚未发布，只在变更单中提出。',
  'history.more': '更早的变化',
  'history.line': '{{name}} {{moment}} 发布，{{date}} 起生效',
  'history.lineUnit': '{{unit}}：{{name}} {{moment}} 确认，{{date}} 起生效',
  'history.folder': '由目录文件发布',
  'history.manual': '变更单',
  'history.import': '导入',
  'history.rollback': '恢复旧版',
  'history.issue': '下发后本地确认',
  'history.undo': '退回上一次确认',
  'history.takeBack': '收回下发',
  'history.people': '编制 {{author}}，审核 {{reviewer}}',
  'history.opinion': '审核意见：{{opinion}}',
  'history.reason': '原因：{{reason}}',
  'history.toIssue': '查看下发',
} as const;

/** A key of these texts. */
export type AdminKey = keyof typeof adminZh;
