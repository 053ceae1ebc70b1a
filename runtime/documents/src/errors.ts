import {defineErrors} from '@banli/errors';

export const documentErrors = defineErrors('DOCUMENTS', {
  TEMPLATE_REFUSED: {status: 422, message: 'The document {documentId} is refused: {reason} (line {line}).', zh: '文书 {documentId} 未通过检查：{reason}（第 {line} 行）。'},
  TEMPLATE_UNKNOWN: {status: 404, message: 'There is no document {documentId} in this release.', zh: '该发布版本中没有文书 {documentId}。'},
  SCHEMA_INVALID: {status: 422, message: 'The data schema of the document {documentId} is not a JSON Schema: {reason}.', zh: '文书 {documentId} 的数据结构说明不是有效的 JSON Schema：{reason}。'},
  DATA_INVALID: {status: 422, message: 'The data of the document {documentId} does not fit: {fields}.', zh: '文书 {documentId} 的数据不符合要求：{fields}。'},
  FIELD_INVALID: {status: 422, message: 'The value {field} does not fit: {reason}.', zh: '数据项 {field} 不符合要求：{reason}。'},
  RENDER_FAILED: {status: 422, message: 'The document {documentId} could not be rendered: {reason}', zh: '文书 {documentId} 生成失败：{reason}'},
  RENDER_TOO_LONG: {status: 422, message: 'The document {documentId} took longer than {limitMs} ms and was stopped.', zh: '文书 {documentId} 生成超过 {limitMs} 毫秒，已中止。'},
  RENDER_TOO_LARGE: {status: 422, message: 'The document {documentId} is larger than {limitBytes} bytes or needed too much memory.', zh: '文书 {documentId} 超过 {limitBytes} 字节或占用内存过多。'},
  CLOSED: {status: 503, message: 'Documents are shutting down; nothing was rendered.', zh: '文书服务正在关闭，未生成文书。'},
  UNKNOWN: {status: 404, message: 'There is no such document of this case.', zh: '该办件没有此文书。'},
});
