import {defineErrors} from '@banli/errors';

/** Faults that the verifier of the audit log finds; they are reported, not thrown, except the forged anchor and the last two. */
export const auditErrors = defineErrors('AUDIT', {
  ROW_CHANGED: {status: 500, message: 'Audit row {seq} was changed after it was written.', zh: '审计记录 {seq} 写入后被改动。'},
  ROW_MISSING: {status: 500, message: 'Audit rows {from} to {to} are gone.', zh: '审计记录 {from} 至 {to} 已被删除。'},
  ROW_MOVED: {status: 500, message: 'Audit row {seq} stands at another place than where it was sealed.', zh: '审计记录 {seq} 不在封存时的位置。'},
  CHAIN_CUT: {status: 500, message: 'Audit row {seq} does not continue the row before it.', zh: '审计记录 {seq} 与前一条不衔接。'},
  TAIL_MISSING: {status: 500, message: 'The audit log once reached row {anchor}, now it ends at {head}: the newest rows are gone or replaced.', zh: '审计日志曾到第 {anchor} 条，现止于第 {head} 条：最新的记录已被删除或替换。'},
  ANCHOR_MISSING: {status: 500, message: 'The file {path} that remembers the head of the audit log is gone; whether newest rows were deleted cannot be told.', zh: '记录审计日志末端的文件 {path} 不见了，无法判断最新记录是否被删除。'},
  ANCHOR_FORGED: {status: 500, message: 'The file {path} that remembers the head of the audit log was changed.', zh: '记录审计日志末端的文件 {path} 被改动。'},
  ANCHOR_REPLACED: {status: 500, message: 'When audit row {seq} was written, the file that remembers the head was gone; whether rows just before it were deleted cannot be told.', zh: '写入审计记录 {seq} 时，记录末端的文件已不见，无法判断此前最新的记录是否被删除。'},
  ENTRY_VANISHED: {status: 500, message: 'The audit row {id} ({what}) was deleted or changed soon after it was written.', zh: '审计记录 {id}（{what}）在写入后不久被删除或改动。'},
  ENTRY_IN_DOUBT: {status: 500, message: 'A process ended while it wrote the audit row {id} ({what}), and the row is not there: either the command never took effect, or the row was deleted. Look at what it tells of.', zh: '写入审计记录 {id}（{what}）时进程终止，库中没有该记录：或操作未生效，或记录已被删除。请核对所涉对象的实际情况。'},
  JOURNAL_FAILED: {status: 503, message: 'The file {path} that keeps unsealed audit rows cannot be written. See that the key folder can be written and the disk has room.', zh: '无法写入记录待封存审计的文件 {path}。请检查密钥目录可写、磁盘未满。'},
  SEALING_STOPPED: {status: 500, message: 'The audit log is not sealed any further: {reason}', zh: '审计日志停止封存：{reason}'},
});
