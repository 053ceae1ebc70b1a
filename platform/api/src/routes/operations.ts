import {Type} from '@sinclair/typebox';
import {defineRoute} from '../define-route.js';
import {Cursor, Done, Id, Limit, Moment, orNull, oneOf, strict, Text} from '../schemas.js';

/** Own notices; those of others are as if they were not there. */
export const noticeRoutes = {
  list: defineRoute({id: 'notices.list', method: 'GET', path: '/api/notices', permission: 'signedIn', summary: 'Own notices, newest first', query: strict({cursor: Type.Optional(Cursor), limit: Type.Optional(Limit), unread: Type.Optional(oneOf('true'))}), answer: Type.Object({notices: Type.Array(Type.Object({id: Id, kind: Type.String(), title: Text, body: Text, caseId: orNull(Id), link: orNull(Type.String({description: 'Page of the workbench for a notice that belongs to no case'})), at: Moment, readAt: orNull(Moment)})), nextCursor: orNull(Type.String())})}),
  read: defineRoute({id: 'notices.read', method: 'POST', path: '/api/notices/:noticeId/read', permission: 'signedIn', summary: 'Marks an own notice as read', params: strict({noticeId: Id}), answer: Done}),
  readMany: defineRoute({id: 'notices.readMany', method: 'POST', path: '/api/notices/read-many', permission: 'signedIn', summary: 'Marks several own notices as read; those that are not one\'s own, or not there, are named and change nothing', body: strict({noticeIds: Type.Array(Id, {minItems: 1, maxItems: 100, uniqueItems: true})}), answer: Type.Object({unknown: Type.Array(Id)})}),
  readAll: defineRoute({id: 'notices.readAll', method: 'POST', path: '/api/notices/read', permission: 'signedIn', summary: 'Marks all own notices as read', answer: Done}),
};

const FileJson = Type.Object({id: Id, name: Type.String(), type: Type.String(), sizeBytes: Type.Integer(), createdAt: Moment, createdBy: Type.String()});
/** Attachments, checked by content: `FILES_TYPE_FALSE`, `FILES_TYPE_REFUSED`, `FILES_TOO_LARGE`, `FILES_QUOTA`, `FILES_ARCHIVE_UNSAFE`; one that the person may not read is `FILES_UNKNOWN`. */
export const fileRoutes = {
  upload: defineRoute({id: 'files.upload', method: 'POST', path: '/api/files', permission: 'files.write', summary: 'Stores one attachment (multipart field `file`); it belongs to its uploader until a case takes it', answer: FileJson, kind: 'upload', status: 201}),
  download: defineRoute({id: 'files.download', method: 'GET', path: '/api/files/:fileId', permission: 'signedIn', summary: 'The bytes of an attachment of a case one may see, or of an own one', params: strict({fileId: Id}), answer: Type.String(), kind: 'file'}),
  ofCase: defineRoute({id: 'files.ofCase', method: 'GET', path: '/api/cases/:caseId/files', permission: 'cases.read', summary: 'Attachments of a case', params: strict({caseId: Id}), answer: Type.Object({files: Type.Array(FileJson)})}),
};

const AlarmJson = Type.Object({id: Id, at: Moment, kind: Type.String(), caseId: orNull(Id), caseNumber: Type.Optional(orNull(Type.String())), text: Text, closedAt: orNull(Moment), closedByName: orNull(Type.String()), closeReason: orNull(Type.String())});

/** How the installation stands: audit log, engine, alarms, health, metrics, this contract. `CASE_ALARM_UNKNOWN`, `CASE_ALARM_CLOSED`, `CASE_ALARM_NO_RETRY`. `healthz` and `readyz` are for machines and tell no details. */
export const operationRoutes = {
  audit: defineRoute({id: 'audit.list', method: 'GET', path: '/api/audit', permission: 'audit.read', summary: 'Audit rows, newest first', query: strict({cursor: Type.Optional(Cursor), limit: Type.Optional(Limit), subject: Type.Optional(Id)}), answer: Type.Object({rows: Type.Array(Type.Object({seq: Type.Integer(), at: Moment, actorName: Type.String(), action: Type.String(), subject: Type.String(), result: Type.String(), address: Type.String()})), nextCursor: orNull(Type.String())})}),
  verifyAudit: defineRoute({id: 'audit.verify', method: 'POST', path: '/api/audit/verify', permission: 'audit.read', summary: 'Checks the chain of the audit log', answer: Type.Object({good: Type.Boolean(), checked: Type.Integer(), faults: Type.Array(Type.Object({seq: Type.Integer(), what: Type.String()})), doubts: Type.Array(Type.Object({seq: Type.Integer(), what: Type.String()}))})}),
  engine: defineRoute({id: 'operations.engine', method: 'GET', path: '/api/operations/engine', permission: 'signedIn', summary: 'Whether the engine runs, how many commands wait for it, and how many alarms are open that the caller may read (none without that right)', answer: Type.Object({up: Type.Boolean(), product: orNull(Type.String()), version: orNull(Type.String()), reason: orNull(Type.String()), pendingCommands: Type.Integer(), alarms: Type.Integer()})}),
  alarms: defineRoute({id: 'operations.alarms', method: 'GET', path: '/api/operations/alarms', permission: 'operations.read', summary: 'Compensated commands, incidents and differences found by the reconciler, as far as the caller\'s right reaches; open ones first', answer: Type.Object({alarms: Type.Array(AlarmJson)})}),
  closeAlarm: defineRoute({id: 'operations.closeAlarm', method: 'POST', path: '/api/operations/alarms/:alarmId/close', permission: 'operations.alarms', summary: 'Closes an alarm that was seen to, with the reason; once', params: strict({alarmId: Id}), body: strict({reason: Type.String({minLength: 2, maxLength: 500, pattern: '\\S'})}), answer: AlarmJson}),
  retryAlarm: defineRoute({id: 'operations.retryAlarm', method: 'POST', path: '/api/operations/alarms/:alarmId/retry', permission: 'operations.alarms', summary: 'Gives the failed automatic steps of an alarm\'s case new attempts and closes the alarm; a new failure raises a new one', params: strict({alarmId: Id}), answer: AlarmJson}),
  healthz: defineRoute({id: 'operations.healthz', method: 'GET', path: '/healthz', permission: 'public', summary: 'The process lives', answer: Type.Object({status: Type.Literal('up')})}),
  readyz: defineRoute({id: 'operations.readyz', method: 'GET', path: '/readyz', permission: 'public', summary: 'The database answers; the engine may be degraded', answer: Type.Object({status: oneOf('ready', 'degraded'), database: oneOf('up', 'down'), engine: oneOf('up', 'down')})}),
  metrics: defineRoute({id: 'operations.metrics', method: 'GET', path: '/metrics', permission: 'public', summary: 'Prometheus metrics', answer: Type.String(), kind: 'text'}),
  openapi: defineRoute({id: 'operations.openapi', method: 'GET', path: '/api/openapi.json', permission: 'public', summary: 'This contract as OpenAPI 3.1', answer: Type.Record(Type.String(), Type.Unknown())}),
};
