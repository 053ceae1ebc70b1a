import type {Problem} from '@banli/errors';
import {engineErrors} from './engine-errors.js';
import type {EngineAnswer} from './engine-http.js';
import type {ApplyRequest, ApplyResult, EngineChange, InstanceState} from './port.js';

type Fields = Readonly<Record<string, unknown>>;

/** Whether a value is an object whose fields can be looked at. */
export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** An answer that cannot come from our engine: another program listens there, or a proxy speaks. */
export function nonsense(answer: EngineAnswer): Error {
  const text = typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body);
  return engineErrors.DOWN({reason: `unexpected answer ${answer.status}: ${String(text).slice(0, 200)}`});
}

/**
 * Reads the answer to `apply`.
 *
 * @throws AppError `ENGINE_GONE`, `ENGINE_REFUSED`, `ENGINE_TRY_AGAIN`, or `ENGINE_DOWN` for an answer that makes no sense.
 */
export function readApplied(request: ApplyRequest, answer: EngineAnswer): ApplyResult {
  const {body} = answer;
  if (!isFields(body)) throw nonsense(answer);
  if (answer.status !== 200) throw refusal(request, answer, body);
  const state = body['state'];
  if (!isState(state) || state.caseId !== request.caseId || !Array.isArray(body['skipped'])) throw nonsense(answer);
  return {state, skipped: body['skipped'] as readonly number[], repeated: body['repeated'] === true};
}

function refusal(request: ApplyRequest, answer: EngineAnswer, body: Fields): Error {
  const details = {
    caseId: request.caseId, seq: request.seq, reason: String(body['reason']),
    ...(typeof body['operation'] === 'number' ? {operation: body['operation']} : {}),
    ...(body['repeated'] === true ? {repeated: true} : {}),
  };
  switch (body['class']) {
    case 'gone': return engineErrors.GONE(details);
    case 'refused': return engineErrors.REFUSED(details);
    case 'again': return engineErrors.TRY_AGAIN(details);
    default: return nonsense(answer);
  }
}

/** Checks the fields that everything else stands on; the companion's tests cover the rest. */
export function isState(value: unknown): value is InstanceState {
  return isFields(value) && typeof value['caseId'] === 'string' && typeof value['instanceId'] === 'string' && typeof value['revision'] === 'number'
    && typeof value['seq'] === 'number' && typeof value['ended'] === 'boolean' && Array.isArray(value['tasks']) && Array.isArray(value['externalTasks']);
}

export function isChange(value: unknown): value is EngineChange {
  return isFields(value) && typeof value['cursor'] === 'number' && typeof value['caseId'] === 'string' && typeof value['revision'] === 'number' && typeof value['kind'] === 'string';
}

/** Turns what the engine says about a definition into problems, one for each place. */
export function deploymentRefusal(name: string, answer: EngineAnswer): Error {
  const {body} = answer;
  if (!isFields(body)) return nonsense(answer);
  const problems: Problem[] = [];
  for (const [file, report] of Object.entries(isFields(body['details']) ? body['details'] : {})) {
    const found = isFields(report) && Array.isArray(report['errors']) ? report['errors'] : [];
    for (const error of found.filter(isFields)) {
      const element = error['mainElementId'];
      problems.push({
        code: 'ENGINE_REFUSED', message: String(error['message']),
        place: {file, ...(typeof element === 'string' ? {element} : {}), ...(typeof error['line'] === 'number' ? {line: error['line']} : {}), ...(typeof error['column'] === 'number' ? {column: error['column']} : {})},
      });
    }
  }
  return engineErrors.REFUSED({deployment: name, reason: String(body['message']).slice(0, 1_000)}, {problems});
}
