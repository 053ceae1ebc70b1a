import {defineErrors} from '@banli/errors';

/** What can be wrong with the text of a catalog; every problem names file, line and column. */
export const catalogFileErrors = defineErrors('CATALOG_FILE', {
  MANIFEST_INVALID: {status: 422, message: 'catalog.yaml is not valid: {reason}.', zh: 'catalog.yaml 不合格式：{reason}。'},
  FILE_MISSING: {status: 422, message: 'The file {file} named in catalog.yaml does not exist.', zh: 'catalog.yaml 指定的文件 {file} 不存在。'},
  SCHEMA_INVALID: {status: 422, message: 'The schema {file} cannot be used: {reason}.', zh: '行结构定义 {file} 无法使用：{reason}。'},
  FORMAT: {status: 422, message: 'The text is not in house format: {reason}.', zh: '文本格式不合规范：{reason}。'},
  HEADER: {status: 422, message: 'The columns must be {expected}, found {found}.', zh: '列应为 {expected}，实际为 {found}。'},
  CELLS: {status: 422, message: 'The row has {found} cells, the header has {expected}.', zh: '本行有 {found} 格，表头有 {expected} 格。'},
  ROW_INVALID: {status: 422, message: 'The cell {column} is not valid: {reason}.', zh: '“{columnZh}”{reasonZh}。'},
  KEY_TWICE: {status: 422, message: 'The key {key} stands twice, first in line {first}.', zh: '键 {key} 重复，首次出现在第 {first} 行。'},
  RULE_TIE: {status: 422, message: '{key} and {other} (line {first}) name the same conditions and differ in {column} alone, so nothing says which of them holds. Name one more condition in one of them, or retire one.', zh: '{key} 与第 {first} 行的 {other} 条件完全相同，只有“{column}”不同，无法确定以哪一行为准。请在其中一行补充条件，或停用其中一行。'},
  ORDER: {status: 422, message: 'The row {key} must stand before {before}: rows are sorted by key.', zh: '{key} 应排在 {before} 之前：各行按键排序。'},
  PARENT_UNKNOWN: {status: 422, message: 'The parent {parent} of {key} does not exist or lies below it.', zh: '{key} 的上级 {parent} 不存在或构成循环。'},
  REFERENCE_UNKNOWN: {status: 422, message: '{column} names {value}, which {catalog} does not have.', zh: '“{column}”引用的 {value} 在目录 {catalog} 中不存在。'},
  REFERENCE_RETIRED: {status: 422, message: '{column} names {value}, which is retired in {catalog}.', zh: '“{column}”引用的 {value} 在目录 {catalog} 中已停用。'},
  REFERENCE_UNCHECKED: {status: 422, message: 'References to the catalog {catalog} are checked when it is published.', zh: '对目录 {catalog} 的引用将在其发布时检查。'},
});

/** Any code of the table. */
export type CatalogFileErrorName = Exclude<keyof typeof catalogFileErrors, 'codes'>;
