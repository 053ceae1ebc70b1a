import {Pool} from 'undici';

/** The process of the bench as somebody without Banli would deploy it: six user tasks, one external task, one timer. */
export const naiveProcess = `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:camunda="http://camunda.org/schema/1.0/bpmn" targetNamespace="bench">
  <process id="naiveOrder" isExecutable="true" camunda:historyTimeToLive="P1D">
    <startEvent id="created"/>
    <sequenceFlow id="f0" sourceRef="created" targetRef="proposeUnit"/>
    <serviceTask id="proposeUnit" camunda:type="external" camunda:topic="naive.propose"/>
    <sequenceFlow id="f1" sourceRef="proposeUnit" targetRef="step1"/>
    ${[1, 2, 3, 4, 5, 6].map(n => `<userTask id="step${n}"/><sequenceFlow id="s${n}" sourceRef="step${n}" targetRef="${n === 6 ? 'closed' : `step${n + 1}`}"/>`).join('\n    ')}
    <boundaryEvent id="late" attachedToRef="step3" cancelActivity="false"><timerEventDefinition><timeDuration>P5D</timeDuration></timerEventDefinition></boundaryEvent>
    <sequenceFlow id="f2" sourceRef="late" targetRef="lateEnd"/>
    <endEvent id="lateEnd"/>
    <endEvent id="closed"/>
  </process>
</definitions>`;

/** The engine driven straight over its REST interface, the way a first integration does it. */
export interface NaivePeer {
  deploy(): Promise<void>;
  /** One order from start to end; answers the number of HTTP calls it took. */
  runOrder(key: string): Promise<number>;
  close(): Promise<void>;
}

/**
 * Makes the peer.
 *
 * @param baseUrl - Address of the engine, as `http://127.0.0.1:1234`.
 */
export function createNaivePeer(baseUrl: string, token: string, connections: number): NaivePeer {
  const pool = new Pool(baseUrl, {connections});
  const request = async <T>(method: 'GET' | 'POST', path: string, body?: unknown): Promise<T> => {
    const answer = await pool.request({
      method,
      path: `/engine-rest${path}`,
      headers: {authorization: `Bearer ${token}`, 'content-type': 'application/json'},
      ...(body === undefined ? {} : {body: JSON.stringify(body)}),
    });
    const text = await answer.body.text();
    if (answer.statusCode >= 400) throw new Error(`${method} ${path} answered ${answer.statusCode}: ${text.slice(0, 300)}`);
    return (text === '' ? undefined : JSON.parse(text)) as T;
  };
  return {
    async deploy() {
      const form = new FormData();
      form.set('deployment-name', 'naive-order');
      form.set('order.bpmn', new Blob([naiveProcess], {type: 'text/xml'}), 'order.bpmn');
      const answer = await fetch(`${baseUrl}/engine-rest/deployment/create`, {method: 'POST', body: form, headers: {authorization: `Bearer ${token}`}});
      if (!answer.ok) throw new Error(`The deployment of the peer's process answered ${answer.status}: ${await answer.text()}`);
    },
    runOrder: key => runOrder(request, key),
    close: () => pool.destroy(),
  };
}

type Request = <T>(method: 'GET' | 'POST', path: string, body?: unknown) => Promise<T>;

async function runOrder(request: Request, key: string): Promise<number> {
  const variables = Object.fromEntries([...Array.from({length: 12}, (_, index) => [`field${index}`, {value: `值 ${key} ${index}`, type: 'String'}]), ['attachments', {value: 'file-1,file-2', type: 'String'}]]);
  const {id} = await request<{id: string}>('POST', '/process-definition/key/naiveOrder/start', {businessKey: key, variables});
  let calls = 1;
  const locked = await request<Array<{id: string}>>('POST', '/external-task/fetchAndLock', {workerId: key, maxTasks: 1, topics: [{topicName: 'naive.propose', lockDuration: 60_000, businessKey: key}]});
  const external = locked[0];
  if (!external) throw new Error('The peer found no external task.');
  await request('POST', `/external-task/${external.id}/complete`, {workerId: key, variables: {unit: {value: 'u1', type: 'String'}}});
  calls += 2;
  for (let step = 1; step <= 6; step += 1) {
    const tasks = await request<Array<{id: string}>>('GET', `/task?processInstanceId=${id}`);
    const task = tasks[0];
    if (!task) throw new Error('The peer found no task.');
    await request('POST', `/task/${task.id}/complete`, {variables: {opinion: {value: `意见 ${step}`, type: 'String'}}});
    calls += 2;
  }
  return calls;
}
