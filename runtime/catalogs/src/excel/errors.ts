import {defineErrors} from '@banli/errors';

/** What a spreadsheet is refused for; places name row (`line`) and column (`column`), both from 1 as Excel counts them. */
export const excelErrors = defineErrors('CATALOG_EXCEL', {
  NOT_XLSX: {status: 422, message: 'This is no .xlsx workbook that can be read. Save it as .xlsx without a password.', zh: '无法识别的文件，请另存为不带密码的 .xlsx 工作簿。'},
  TOO_LARGE: {status: 413, message: 'The workbook is larger than {mostMegabytes} MB (unpacked {unpackedMegabytes} MB). Split it.', zh: '工作簿超过 {mostMegabytes} MB（解压后 {unpackedMegabytes} MB），请拆分。'},
  EMPTY: {status: 422, message: 'The first sheet has no row below its header.', zh: '第一个工作表的表头之下没有数据行。'},
  TOO_MANY_ROWS: {status: 422, message: 'The sheet has {count} rows; at most {most} are taken at once. Split it before row {row}.', zh: '工作表有 {count} 行，一次最多导入 {most} 行，请自第 {row} 行起拆分。'},
  INVALID: {status: 422, message: 'Nothing was imported: {count} problems, each with row and column.', zh: '未导入任何数据：有 {count} 个问题，各条注明行和列。'},
  COLUMN_UNKNOWN: {status: 422, message: 'Column {column} is headed {name}, which no column of the table is called. Columns are: {names}.', zh: '{column} 列的表头“{name}”不是本表的字段，可用的表头：{columns}。'},
  COLUMN_TWICE: {status: 422, message: 'The column {name} stands twice, again in column {column}.', zh: '{column} 列的表头“{name}”重复。'},
  COLUMN_MISSING: {status: 422, message: 'The column {name} is missing: it is part of the key.', zh: '缺少列“{name}”：它是行的键。'},
  CELL_OUTSIDE: {status: 422, message: 'There is a value outside of the named columns. Name the column or empty the cell.', zh: '有数据位于没有列名的列中，请补充列名或清空单元格。'},
  FORMULA: {status: 422, message: 'The cell {column} holds a formula. Paste it as a value.', zh: '“{column}”一格是公式，请粘贴为数值。'},
  CELL_TYPE: {status: 422, message: 'The cell {column} holds a {type}. Write it as text.', zh: '“{column}”一格的类型为 {type}，请改为文本。'},
  KEY_TWICE: {status: 422, message: 'The key {key} stands twice, first in row {first}.', zh: '键 {key} 重复，首次出现在第 {first} 行。'},
});
