import type {CompiledBundle, LocalizedText} from '@banli/formats';
import type {Tx} from '@banli/store';
import type {CaseDeps} from './deps.js';
import type {CaseRecord, LineInput, TaskRow} from './model.js';
import type {CasePeople} from './ports.js';
import type {ProjectionCause, ProjectionPlan} from './projection.js';
import {stepWords} from './step-words.js';

/** Tasks that the process took away from whoever had them; none when the whole case was cancelled, which has a line of its own. */
function takenAway(plan: Pick<ProjectionPlan, 'closed' | 'status'>): readonly TaskRow[] {
  return plan.status === 'cancelled' ? [] : plan.closed.filter(each => each.how === 'cancelled').map(each => each.task);
}

/** A line of the timeline for each task that the process took away: which one, and after what. */
export function linesOfTakenAway(release: CompiledBundle, plan: Pick<ProjectionPlan, 'closed' | 'status'>, cause: ProjectionCause): readonly LineInput[] {
  return takenAway(plan).map(task => ({kind: 'task.cancelled', stepId: task.stepId, taskId: task.id, unitId: task.unitId, text: wordsFor(release, task, cause)}));
}

/** Tells whoever had a task that was taken away: the person who took it, else everybody who could have. */
export async function tellTakenAway(deps: Pick<CaseDeps, 'notices' | 'people'>, tx: Tx, release: CompiledBundle, record: CaseRecord, plan: Pick<ProjectionPlan, 'closed' | 'status'>, cause: ProjectionCause): Promise<void> {
  for (const task of takenAway(plan)) {
    const personIds = holdersOf(deps.people, task).filter(personId => personId !== cause.row?.cause.personId);
    if (personIds.length === 0) continue;
    const words = wordsFor(release, task, cause);
    const name = stepWords(release, task.stepId);
    await deps.notices.notify(tx, {
      personIds, kind: 'task.cancelled', caseId: record.id, at: cause.at,
      title: {'zh-CN': `${record.number}：“${name['zh-CN']}”已取消`, en: `${record.number}: "${name.en}" was cancelled`},
      body: {'zh-CN': `${words['zh-CN']}，无须再办理`, en: `${words.en ?? ''}; nothing is left to do`},
    });
  }
}

/** Tells whoever had a task that it went along with the case, and whoever has it now that it came. */
export async function tellMoved(deps: Pick<CaseDeps, 'notices' | 'people'>, tx: Tx, release: CompiledBundle, record: CaseRecord, plan: Pick<ProjectionPlan, 'moved'>, cause: ProjectionCause): Promise<void> {
  for (const {task, before} of plan.moved) {
    const name = stepWords(release, task.stepId);
    const tell = async (personIds: readonly string[], zh: string, en: string): Promise<void> => {
      const others = personIds.filter(personId => personId !== cause.row?.cause.personId);
      if (others.length === 0) return;
      await deps.notices.notify(tx, {
        personIds: others, kind: 'task.moved', caseId: record.id, at: cause.at,
        title: {'zh-CN': `${record.number}：“${name['zh-CN']}”${zh}`, en: `${record.number}: "${name.en}" ${en}`},
        body: {'zh-CN': '办件已移交，未办完的任务随之移交', en: 'The case was handed on, and its open task with it'},
      });
    };
    await tell(holdersOf(deps.people, before), '已移交', 'was handed on');
    await tell(holdersOf(deps.people, task), '待办理', 'is yours now');
  }
}

/** Who has an open task: the person who took it, else everybody who could. */
export function holdersOf(people: CasePeople, task: Pick<TaskRow, 'assigneeId' | 'homeQueue'>): readonly string[] {
  if (task.assigneeId !== null) return [task.assigneeId];
  const [roles = '', unitId = ''] = task.homeQueue.split('@');
  return people.holders(roles.split(','), unitId).map(person => person.id);
}

function wordsFor(release: CompiledBundle, task: TaskRow, cause: ProjectionCause): LocalizedText {
  const name = stepWords(release, task.stepId);
  const step = release.steps[cause.row?.cause.stepId ?? ''];
  const outcome = step?.outcomes.find(each => each.id === cause.row?.cause.outcome)?.name;
  if (step === undefined || outcome === undefined) return {'zh-CN': `“${name['zh-CN']}”已取消`, en: `"${name.en}" was cancelled`};
  return {'zh-CN': `“${name['zh-CN']}”已取消（“${step.name}”：${outcome['zh-CN']}）`, en: `"${name.en}" was cancelled ("${step.nameEn ?? step.name}": ${outcome.en ?? outcome['zh-CN']})`};
}
