import {cancelReason, type CaseViewJson} from '@banli/api';
import {fieldsOfForm} from '@banli/bundles';
import type {FormSchema} from '@banli/formats';
import {isWorthKeeping, type RecentReasons} from '@banli/people';
import type {Logger} from 'pino';

/** What of a case tells which of its fields are reasons, and what in it tells of a person. */
export type ReasonPlace = Pick<CaseViewJson, 'head' | 'form'>;

/** Remembers the reasons of accepted commands for who gave them. A failure is logged and never fails the command: it has been done. */
export interface ReasonKeeper {
  ofCommand(personId: string, outcome: string, values: Readonly<Record<string, unknown>>, view: ReasonPlace): Promise<void>;
  ofCancel(personId: string, reason: string, view: () => Promise<ReasonPlace>): Promise<void>;
}

/** Makes the keeper: fields whose form offers `phrases` are reasons. */
export function createReasonKeeper({reasons, log}: {readonly reasons: RecentReasons; readonly log: Pick<Logger, 'warn'>}): ReasonKeeper {
  const guarded = async (keep: () => Promise<void>): Promise<void> => {
    await keep().catch((error: unknown) => log.warn({event: 'server.reasons.failed', error: String(error)}));
  };
  return {
    ofCommand: (personId, outcome, values, view) => guarded(async () => {
      const sensitive = sensitiveValues(view);
      const given = fieldsOf(view).flatMap(({name, node}) => {
        const text = values[name];
        const binding = node['x-banli'];
        if (binding?.phrases === undefined || binding.sensitivity !== undefined || typeof text !== 'string' || !isWorthKeeping(text, sensitive)) return [];
        return [{field: name, outcome, text}];
      });
      if (given.length > 0) await reasons.remember(personId, view.head.bundleId, given);
    }),
    ofCancel: (personId, reason, load) => guarded(async () => {
      const view = await load();
      if (isWorthKeeping(reason, sensitiveValues(view))) await reasons.remember(personId, view.head.bundleId, [{field: cancelReason, outcome: cancelReason, text: reason}]);
    }),
  };
}

function fieldsOf(view: ReasonPlace) {
  return fieldsOfForm(view.form.schema as unknown as FormSchema);
}

/** Values of the case that tell of a person, as far as this one sees them. */
function sensitiveValues(view: ReasonPlace): readonly string[] {
  return fieldsOf(view).flatMap(({name, node}) => {
    const value = view.form.values[name];
    const binding = node['x-banli'];
    return typeof value === 'string' && (binding?.sensitivity !== undefined || binding?.mask !== undefined || binding?.identifying === true) ? [value] : [];
  });
}
