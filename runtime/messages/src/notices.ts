import type {LocalizedText} from '@banli/formats';
import {newId, type Store, type Tx} from '@banli/store';
import type {Clock} from '@banli/time';
import {messageErrors} from './errors.js';

/** A notice on its way to persons. */
export interface NewNotice {
  readonly personIds: readonly string[];
  /** `area.what`, for icons and filters. */
  readonly kind: string;
  readonly title: LocalizedText;
  readonly body: LocalizedText;
  /** Empty for a notice that belongs to no case. */
  readonly caseId: string;
  /** Page of the workbench it leads to when it belongs to no case, such as `/catalog-subscriptions`. */
  readonly link?: string;
  readonly at: number;
}

/** A notice as its receiver reads it. */
export interface NoticeView {
  readonly id: string;
  readonly kind: string;
  readonly title: LocalizedText;
  readonly body: LocalizedText;
  readonly caseId: string | null;
  readonly link: string | null;
  readonly at: number;
  readonly readAt: number | null;
}

/** Notices inside the application: written in the transaction of their cause, read by their receiver alone. */
export interface Notices {
  /** Each person gets it once, however often he is named. */
  notify(tx: Tx, notice: NewNotice): Promise<void>;
  list(personId: string, query: {readonly cursor?: string; readonly limit: number; readonly unreadOnly?: boolean}): Promise<{readonly notices: readonly NoticeView[]; readonly nextCursor: string | null}>;
  /** How many are unread. */
  unread(personId: string): Promise<number>;
  /** Reading twice keeps the first moment. @throws AppError `MESSAGES_NOTICE_UNKNOWN` also for a notice of someone else. */
  read(personId: string, noticeId: string): Promise<void>;
  /** Marks several at once; answers those that are not this person's. */
  readMany(personId: string, noticeIds: readonly string[]): Promise<readonly string[]>;
  readAll(personId: string): Promise<void>;
}

interface NoticeRow { readonly id: string; readonly kind: string; readonly title_zh: string; readonly title_en: string | null; readonly body_zh: string; readonly body_en: string | null; readonly case_id: string | null; readonly link: string | null; readonly created_at: number; readonly read_at: number | null }

/** Makes notices on the table `notice`. */
export function createNotices(store: Store, clock: Clock): Notices {
  const {knex} = store;
  return {
    async notify(tx, notice) {
      const rows = [...new Set(notice.personIds)].map(personId => ({
        id: newId(notice.at),
        person_id: personId,
        kind: notice.kind.slice(0, 64),
        title_zh: notice.title['zh-CN'].slice(0, 200),
        title_en: notice.title.en?.slice(0, 200) ?? null,
        body_zh: notice.body['zh-CN'],
        body_en: notice.body.en ?? null,
        case_id: notice.caseId || null,
        link: notice.link ?? null,
        created_at: notice.at,
        read_at: null,
      }));
      for (let start = 0; start < rows.length; start += 50) await tx('notice').insert(rows.slice(start, start + 50));
    },
    async list(personId, {cursor, limit, unreadOnly}) {
      const query = knex('notice').where({person_id: personId}).orderBy('id', 'desc').limit(limit + 1);
      if (cursor !== undefined) void query.where('id', '<', cursor);
      if (unreadOnly) void query.whereNull('read_at');
      const rows = (await query) as NoticeRow[];
      const page = rows.slice(0, limit);
      return {notices: page.map(toView), nextCursor: rows.length > limit ? (page.at(-1)?.id ?? null) : null};
    },
    async unread(personId) {
      const row = await knex('notice').where({person_id: personId}).whereNull('read_at').count({count: '*'}).first<{count: number} | undefined>();
      return Number(row?.count ?? 0);
    },
    async read(personId, noticeId) {
      const row = await knex('notice').where({id: noticeId, person_id: personId}).first<NoticeRow | undefined>();
      if (!row) throw messageErrors.NOTICE_UNKNOWN();
      await knex('notice').where({id: noticeId}).whereNull('read_at').update({read_at: clock.now()});
    },
    async readMany(personId, noticeIds) {
      const own = (await knex('notice').where({person_id: personId}).whereIn('id', noticeIds).select<Array<{id: string}>>('id')).map(row => row.id);
      await knex('notice').whereIn('id', own).whereNull('read_at').update({read_at: clock.now()});
      return noticeIds.filter(id => !own.includes(id));
    },
    async readAll(personId) {
      await knex('notice').where({person_id: personId}).whereNull('read_at').update({read_at: clock.now()});
    },
  };
}

function toView(row: NoticeRow): NoticeView {
  const text = (zh: string, en: string | null): LocalizedText => ({'zh-CN': zh, ...(en === null ? {} : {en})});
  return {id: row.id, kind: row.kind, title: text(row.title_zh, row.title_en), body: text(row.body_zh, row.body_en), caseId: row.case_id, link: row.link, at: Number(row.created_at), readAt: row.read_at === null ? null : Number(row.read_at)};
}
