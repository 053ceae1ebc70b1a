import {request} from 'undici';
import type {Instance} from '../../src/instance.js';

/** Asks the instance's engine directly, as an operator would; answers the body. @throws Error when the engine refuses. */
export async function asksEngine(instance: Instance, method: 'GET' | 'PUT', path: string, body?: object): Promise<unknown> {
  const {engine} = instance.ready();
  if (engine === null) throw new Error('The instance has not told where its engine is.');
  const answer = await request(`${engine.baseUrl}/engine-rest${path}`, {
    method,
    headers: {authorization: `Bearer ${engine.token}`, 'content-type': 'application/json'},
    ...(body === undefined ? {} : {body: JSON.stringify(body)}),
  });
  const text = await answer.body.text();
  if (answer.statusCode >= 300) throw new Error(`${method} ${path}: ${answer.statusCode} ${text}`);
  return text === '' ? null : (JSON.parse(text) as unknown);
}

/** A yes-or-no variable that can be made useless. */
export interface SpoilableVariable {
  spoil(): Promise<unknown>;
  restore(): Promise<unknown>;
}

/** The variable `signed` of a case's instance: with a text in it the condition behind 退单审核 cannot be computed. */
export const signedVariableOf = (instance: Instance, caseId: string): Promise<SpoilableVariable> => variableOf(instance, caseId, 'signed', false);

/** A variable of a case's instance, and what it goes back to. */
export async function variableOf(instance: Instance, caseId: string, name: string, good: boolean): Promise<SpoilableVariable> {
  const [found] = (await asksEngine(instance, 'GET', `/process-instance?businessKey=${caseId}`)) as ReadonlyArray<{readonly id: string}>;
  const path = `/process-instance/${found?.id ?? ''}/variables/${name}`;
  return {
    spoil: () => asksEngine(instance, 'PUT', path, {value: 'not a boolean', type: 'String'}),
    restore: () => asksEngine(instance, 'PUT', path, {value: good, type: 'Boolean'}),
  };
}
