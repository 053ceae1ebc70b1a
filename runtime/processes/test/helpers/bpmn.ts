/** Wraps elements into an executable process, as the compiler writes it. `outside` stands beside the process: messages, errors. */
export function bpmn(elements: string, outside = ''): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:camunda="http://camunda.org/schema/1.0/bpmn"
  xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" targetNamespace="test" id="definitions">
${outside}<bpmn:process id="proc" isExecutable="true" camunda:historyTimeToLive="P30D">${elements}</bpmn:process></bpmn:definitions>`;
}

export const start = (id = 'begin'): string => `<bpmn:startEvent id="${id}"/>`;
export const end = (id = 'done', inside = ''): string => `<bpmn:endEvent id="${id}">${inside}</bpmn:endEvent>`;
export const user = (id: string, inside = ''): string => `<bpmn:userTask id="${id}">${inside}</bpmn:userTask>`;
export const external = (id: string, topic: string, inside = ''): string => `<bpmn:serviceTask id="${id}" camunda:type="external" camunda:topic="${topic}">${inside}</bpmn:serviceTask>`;
export const fork = (id: string): string => `<bpmn:parallelGateway id="${id}"/>`;
export const choice = (id: string, otherwise?: string): string => `<bpmn:exclusiveGateway id="${id}"${otherwise ? ` default="flow-${id}-${otherwise}"` : ''}/>`;
export const flow = (from: string, to: string, feel?: string): string =>
  `<bpmn:sequenceFlow id="flow-${from}-${to}" sourceRef="${from}" targetRef="${to}">${
    feel === undefined ? '' : `<bpmn:conditionExpression xsi:type="bpmn:tFormalExpression" language="feel">${feel}</bpmn:conditionExpression>`}</bpmn:sequenceFlow>`;
/** Several flows, one after the other. */
export const chain = (...ids: string[]): string => ids.slice(1).map((id, index) => flow(ids[index] ?? '', id)).join('');
export const message = (name: string): string => `<bpmn:message id="message-${name}" name="${name}"/>`;
export const onMessage = (name: string): string => `<bpmn:messageEventDefinition messageRef="message-${name}"/>`;
/** A sub-process that a message starts while its surroundings go on. */
export const eventSubProcess = (id: string, name: string, stepId: string): string =>
  `<bpmn:subProcess id="${id}" triggeredByEvent="true"><bpmn:startEvent id="${id}-start" isInterrupting="false">${onMessage(name)}</bpmn:startEvent>${
    user(stepId)}${end(`${id}-end`)}${chain(`${id}-start`, stepId, `${id}-end`)}</bpmn:subProcess>`;
export const multi = (id: string, cardinality: string): string =>
  user(id, `<bpmn:multiInstanceLoopCharacteristics><bpmn:loopCardinality>${cardinality}</bpmn:loopCardinality></bpmn:multiInstanceLoopCharacteristics>`);

/** Three user tasks in a row, an external one between the second and the third. */
export const lineXml = bpmn(`${start()}${user('first')}${user('second')}${external('work', 'test.work')}${user('third')}${end()}${chain('begin', 'first', 'second', 'work', 'third', 'done')}`);
