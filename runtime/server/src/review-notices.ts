import type {CaseNotices, TasksOpened} from '@banli/cases';
import type {ClockTexts} from '@banli/deadlines';
import type {Store, Tx} from '@banli/store';

/** What telling reviewers needs. */
export interface ReviewTellers {
  /** The bundle that reviews changes of catalogs; `null`: one decision is the whole review. */
  readonly bundleId: string | null;
  readonly notices: CaseNotices;
  readonly texts: ClockTexts;
}

const keyArea = 'review';

/**
 * Tells whoever may take a step of a review that it waits for him, by notice and by text message, in the transaction that opens its task: once a task.
 * `requirements/xinjiang-hotline.md` §2.1.11, T22.
 */
export async function tellReviewers({bundleId, notices, texts}: ReviewTellers, tx: Tx, {record, tasks, at}: TasksOpened): Promise<void> {
  if (bundleId === null || record.bundleId !== bundleId) return;
  for (const {id, stepName, personIds} of tasks) {
    const told = personIds();
    if (told.length === 0) continue;
    const author = String(record.values['authorName'] ?? '');
    const notice = {
      personIds: told, kind: 'catalogs.reviewWanted', caseId: record.id, at,
      title: {'zh-CN': `${record.number} 目录变更待${stepName['zh-CN']}`, en: `${record.number}: a catalog change waits for its ${stepName.en.toLowerCase()}`},
      body: {'zh-CN': `“${record.title}”由${author}提交，请审核`, en: `“${record.title}”, handed in by ${author}, is to be reviewed`},
    };
    await notices.notify(tx, notice);
    await texts.send(tx, {...notice, key: `${keyArea}:${id}`, dueAt: null});
  }
}

/** Whether a text message that had to wait still says something: the task of a review that it speaks of is open. Of a key that is none of ours: yes. */
export async function isReviewTextWanted(store: Pick<Store, 'knex'>, {key}: {readonly key: string}): Promise<boolean> {
  const [area, taskId = ''] = key.split(':');
  return area !== keyArea || (await store.knex('case_task').where({id: taskId, status: 'open'}).first<object | undefined>('id')) !== undefined;
}
