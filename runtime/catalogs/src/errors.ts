import {defineErrors} from '@banli/errors';

/** What catalogs refuse. */
export const catalogErrors = defineErrors('CATALOG', {
  UNKNOWN: {status: 404, message: 'There is no catalog {catalog}.', zh: '没有目录“{catalog}”。'},
  NOT_EFFECTIVE: {status: 422, message: 'No version of the catalog {catalog} holds on {date}.', zh: '目录“{catalog}”在 {date} 没有生效的版本。'},
  ROW_UNKNOWN: {status: 404, message: 'The catalog {catalog} has no row {key}.', zh: '目录“{catalog}”中没有 {key}。'},
  ROW_RETIRED: {status: 422, message: '{key} ({title}) is retired in the catalog {catalog}, version {version}; choose another.', zh: '“{title}”（{key}）在目录“{catalog}”{version} 版中已停用，请另选。'},
  MATTER_NOT_LEAF: {status: 422, message: '{key} ({title}) is a branch; choose a matter below it.', zh: '“{title}”（{key}）是分类，请选择其下的具体事项。'},
  LIMIT_MISSING: {status: 422, message: 'The limits catalog has no {kind} limit for {matter} at urgency {urgency}.', zh: '时限目录中没有事项 {matter}、紧急程度 {urgency} 的{kind}时限。'},
  ENCODING: {status: 422, message: 'The file {file} is not UTF-8: see line {line}, column {column}. Save it as UTF-8.', zh: '文件 {file} 不是 UTF-8 编码（第 {line} 行第 {column} 列），请另存为 UTF-8。'},
  INVALID: {status: 422, message: 'The catalog cannot be published: {count} problems.', zh: '目录无法发布：有 {count} 个问题。'},
  VERSION_TAKEN: {status: 409, message: 'Version {version} of the catalog {catalog} is published with other content. Raise the version in catalog.yaml.', zh: '目录“{catalog}”的 {version} 版已发布且内容不同，请在 catalog.yaml 中提高版本号。'},
  VERSION_WITHDRAWN: {status: 409, message: 'Version {version} of the catalog {catalog} was withdrawn; its number is not used again. Raise the version in catalog.yaml.', zh: '目录“{catalog}”的 {version} 版已撤回，版本号不再使用，请在 catalog.yaml 中提高版本号。'},
  VERSION_UNKNOWN: {status: 404, message: 'The catalog {catalog} has no version {version}.', zh: '目录“{catalog}”没有 {version} 版。'},
  VERSION_OLD: {status: 422, message: 'Version {version} of the catalog {catalog} must come after {last}.', zh: '目录“{catalog}”的新版本 {version} 应晚于 {last}。'},
  EFFECTIVE_EARLIER: {status: 422, message: 'Version {version} of the catalog {catalog} would hold from {date}, before the last version begins on {last}. Withdraw that one first, or publish the correction on the pages of catalogs, which carries it into the later version.', zh: '目录“{catalog}”{version} 版的生效日 {date} 早于上一版的生效日 {last}。请先撤回待生效的版本，或在目录页面发布更正（会一并写入待生效的版本）。'},
  COLUMN_GONE: {status: 422, message: 'The column {column} of {table} stood in version {last} and is missing now. Mark it `retired` in the row schema, never delete it.', zh: '{table} 的字段“{column}”在 {last} 版中存在，现在缺失。请在行结构中标记 retired 停用，不能删除。'},
  COLUMN_TYPE: {status: 422, message: 'The column {column} of {table} was a {before} in version {last} and is a {after} now. A type never changes: retire the column and add another.', zh: '{table} 的字段“{column}”在 {last} 版中类型为 {before}，现为 {after}。类型不可改变，请停用该字段并另增一个。'},
  ELEMENT_HIDDEN: {status: 422, message: 'The row {key} requires the element {element}, which the layout {layout} hides. Show it there and publish that form first, or say `required` no.', zh: '{key} 要求填写要素 {element}，但布局 {layout} 隐藏了它。请先在该布局中取消隐藏并发布，或将该行改为选填。'},
  HANDLING_FORM: {status: 422, message: '{key} names the form {form}, which the application {process} does not have. Name one of: {known}; or publish the form there first.', zh: '{key} 指定的表单 {form} 在应用 {process} 中不存在。请改为其中之一：{known}，或先在该应用中发布此表单。'},
  RECEIVER_UNKNOWN: {status: 422, message: '{count} rows ({example}) name the receiver {receiver}, which no published application knows ({applications}): nobody is told under that name. Add {code} to receivers of limits.yaml of the application and publish that, or name one of: {known}.', zh: '{count} 行（{example}）的告知对象“{receiver}”在已发布的应用（{applications}）中均无定义，届时不会按此告知任何人。请在应用 limits.yaml 的 receivers 中补充 {code} 并发布该应用，或改选：{known}。'},
  HANDLING_PROCESS: {status: 422, message: '{count} rows ({rows}) name the application {process}, which is not published: nothing leads their matters there. Publish it in the designer, or name one of: {published}.', zh: '{count} 行（{rows}）指定的应用 {process} 尚未发布，其事项暂不会由它办理。请在设计器中发布该应用，或改为已发布的应用：{published}。'},
  ROW_GONE: {status: 422, message: 'The row {key} of {table} stood in version {last} and is missing now. Rows are retired, never deleted.', zh: '{table} 的 {key} 在 {last} 版中存在，现在缺失。行只能停用，不能删除。'},
});
