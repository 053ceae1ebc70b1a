import {defineErrors} from '@banli/errors';

/** Refusals of attachments. */
export const fileErrors = defineErrors('FILES', {
  UNKNOWN: {status: 404, message: 'There is no such file for you.', zh: '没有此文件，或无权查看。'},
  TOO_LARGE: {status: 413, message: 'A file may have {mostMegabytes} MB at most.', zh: '单个文件不能超过 {mostMegabytes} MB。'},
  EMPTY: {status: 422, message: 'The file is empty.', zh: '文件为空。'},
  TYPE_REFUSED: {status: 422, message: 'Files of the type {extension} are not taken. Taken are: {taken}.', zh: '不接受 {extension} 类型的文件。可上传：{taken}。'},
  TYPE_FALSE: {status: 422, message: 'The file is called {extension}, but its content is not.', zh: '文件扩展名是 {extension}，但内容不符。'},
  ARCHIVE_UNSAFE: {status: 422, message: 'The document is packed in a way that is not taken ({reason}).', zh: '文档的打包方式不安全（{reason}），不予接受。'},
  QUOTA: {status: 422, message: 'No room left: {what} may hold {mostMegabytes} MB.', zh: '空间不足：{what} 最多 {mostMegabytes} MB。'},
  TOO_MANY: {status: 422, message: 'A case may have {most} files at most.', zh: '每个办件最多 {most} 个附件。'},
  FORM_BROKEN: {status: 400, message: 'Send one file in the multipart field "file".', zh: '请在 multipart 字段 file 中上传一个文件。'},
  CUT_OFF: {status: 400, message: 'The upload was cut off.', zh: '上传中断。'},
});
