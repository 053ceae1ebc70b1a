import {readVisible, type CaseDeps} from '@banli/cases';
import {isAppError} from '@banli/errors';
import type {FileAccess} from '@banli/files';

/**
 * Whoever may see a case and the field that holds a file may read the file.
 *
 * @param deps - Asked late: cases and files need each other.
 */
export function createFileAccess(deps: () => CaseDeps | null): FileAccess {
  return {
    async canRead(actor, holding) {
      const known = deps();
      if (known === null) return false;
      try {
        const visible = await readVisible(known, actor, holding.caseId);
        return holding.field === '' || isFieldShown(known, visible, actor.roles, holding.field);
      } catch (error) {
        if (isAppError(error)) return false;
        throw error;
      }
    },
  };
}

type Visible = Awaited<ReturnType<typeof readVisible>>;

function isFieldShown(deps: CaseDeps, visible: Visible, roles: readonly string[], field: string): boolean {
  const steps = visible.tasks.map(task => task.stepId);
  return [null, ...steps].some(step => {
    const access = deps.forms.access(visible.release, {step, roles, context: {}});
    return access[field] !== undefined && access[field] !== 'hidden';
  });
}
