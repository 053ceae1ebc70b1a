import test from 'ava';
import {isAppError} from '@banli/errors';
import {bpmn, chain, end, lineXml, start, user} from './helpers/bpmn.js';
import {onEachEngine} from './helpers/engines.js';

const line = (middle: string, id = 'evil'): string => bpmn(`${start()}${middle}${end()}${chain('begin', id, 'done')}`);
const service = (attributes: string, inside = ''): string => line(`<bpmn:serviceTask id="evil" ${attributes}>${inside}</bpmn:serviceTask>`);
const extended = (inside: string): string => line(user('evil', `<bpmn:extensionElements>${inside}</bpmn:extensionElements>`));
const condition = (attributes: string, text: string): string =>
  bpmn(`${start()}${user('a')}${end()}${chain('begin', 'a')}<bpmn:sequenceFlow id="evil" sourceRef="a" targetRef="done"><bpmn:conditionExpression xsi:type="bpmn:tFormalExpression" ${attributes}>${text}</bpmn:conditionExpression></bpmn:sequenceFlow>`);
const call = "${''.getClass().forName('java.lang.Runtime')}";
const otherName = (xml: string, namespace: string): string => xml.replace('http://camunda.org/schema/1.0/bpmn', namespace);

/** What could run code, and the element that must be named. */
const hostile: Readonly<Record<string, string>> = {
  'a script task': line('<bpmn:scriptTask id="evil" scriptFormat="javascript"><bpmn:script>1</bpmn:script></bpmn:scriptTask>'),
  'a FEEL script task': line('<bpmn:scriptTask id="evil" scriptFormat="feel"><bpmn:script>1</bpmn:script></bpmn:scriptTask>'),
  'a Java class': service('camunda:class="java.lang.ProcessBuilder"'),
  'a delegate expression': service('camunda:delegateExpression="${bean}"'),
  'an expression': service('camunda:expression="${bean}"'),
  'a shell service': service('camunda:type="shell"', '<bpmn:extensionElements><camunda:field name="command" stringValue="id"/></bpmn:extensionElements>'),
  'a mail service': service('camunda:type="mail"'),
  'a connector': service('camunda:type="external" camunda:topic="t"', '<bpmn:extensionElements><camunda:connector><camunda:connectorId>http</camunda:connectorId></camunda:connector></bpmn:extensionElements>'),
  'an execution listener': extended('<camunda:executionListener class="x.Y" event="start"/>'),
  'a task listener': extended('<camunda:taskListener expression="${bean}" event="create"/>'),
  'a listener script': extended('<camunda:taskListener event="create"><camunda:script scriptFormat="javascript">1</camunda:script></camunda:taskListener>'),
  'an input script': extended('<camunda:inputOutput><camunda:inputParameter name="a"><camunda:script scriptFormat="groovy">1</camunda:script></camunda:inputParameter></camunda:inputOutput>'),
  'a form validator class': extended('<camunda:formData><camunda:formField id="f" type="string"><camunda:validation><camunda:constraint name="validator" config="x.Y"/></camunda:validation></camunda:formField></camunda:formData>'),
  'a form handler class': line('<bpmn:userTask id="evil" camunda:formHandlerClass="x.Y"/>'),
  'a call in an assignee': line(`<bpmn:userTask id="evil" camunda:assignee="${call}"/>`),
  'a call in a name': line(`<bpmn:userTask id="evil" name="${call}"/>`),
  'a call in a documentation': line(user('evil', `<bpmn:documentation>${call}</bpmn:documentation>`)),
  'a deferred expression': line('<bpmn:userTask id="evil" name="#{bean.call()}"/>'),
  'a condition with a call': condition('', call),
  'a condition with an operator': condition('', '${a == 1}'),
  'a condition in JavaScript': condition('language="javascript"', 'true'),
  'a condition in JUEL as a script language': condition('language="juel"', 'true'),
  'a condition from a resource': condition('language="feel" camunda:resource="deployment://x"', 'true'),
  'a call as loop cardinality': line(user('evil', `<bpmn:multiInstanceLoopCharacteristics><bpmn:loopCardinality>${call}</bpmn:loopCardinality></bpmn:multiInstanceLoopCharacteristics>`)),
  'a collection of a multi-instance': line(user('evil', '<bpmn:multiInstanceLoopCharacteristics camunda:collection="${list}" camunda:elementVariable="x"/>')),
};

onEachEngine((bench, title) => {
  const refusal = async (xml: string): Promise<unknown> => bench().engine.deploy(`hostile-${Math.random()}`, [{fileName: 'hostile.bpmn', xml}]).then(() => null, (error: unknown) => error);

  for (const [name, xml] of Object.entries(hostile)) {
    test.serial(title(`${name} is refused at deployment with its element`), async t => {
      const error = await refusal(xml);
      t.true(isAppError(error, 'ENGINE_REFUSED'), String(error));
      const places = isAppError(error) ? error.problems.map(problem => problem.place) : [];
      t.true(places.some(place => place.element === 'evil' && place.file === 'hostile.bpmn'), JSON.stringify(places));
    });
  }

  test.serial(title('the old and the other name of the extension namespace hide nothing'), async t => {
    for (const namespace of ['http://activiti.org/bpmn', 'http://operaton.org/schema/1.0/bpmn']) {
      const error = await refusal(otherName(service('camunda:class="java.lang.ProcessBuilder"'), namespace));
      t.is(isAppError(error) ? error.problems[0]?.place.element : null, 'evil', namespace);
    }
  });

  test.serial(title('a DOCTYPE is refused before anything is read'), async t => {
    const error = await refusal(lineXml.replace('?>', '?><!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>').replace('id="first"', 'id="first" name="&x;"'));
    t.regex(isAppError(error, 'ENGINE_REFUSED') ? String(error.details['reason']) : '', /DOCTYPE/);
  });

  test.serial(title('all problems of a file come at once, and nothing is deployed'), async t => {
    const error = await refusal(bpmn(`${start()}<bpmn:scriptTask id="one"/><bpmn:serviceTask id="two" camunda:class="x.Y"/>${end()}${chain('begin', 'one', 'two', 'done')}`));
    t.deepEqual(isAppError(error) ? error.problems.map(problem => problem.place.element) : [], ['one', 'two']);
    const deployments = await bench().rest('GET', '/deployment?nameLike=hostile-%25');
    t.deepEqual(deployments.body, []);
  });

  test.serial(title('a decision with a JUEL call does not run'), async t => {
    const dmn = `<?xml version="1.0"?><definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" xmlns:camunda="http://camunda.org/schema/1.0/dmn" id="d" name="d" namespace="t">
      <decision id="evil" name="evil" camunda:historyTimeToLive="P1D"><variable id="v" name="v" typeRef="string"/><literalExpression id="l" expressionLanguage="juel"><text>${call}</text></literalExpression></decision></definitions>`;
    const deployed = await bench().engine.deploy(`decision-${bench().product}`, [{fileName: 'evil.dmn', xml: dmn}]).then(() => true, () => false);
    const answer = deployed ? await bench().rest('POST', '/decision-definition/key/evil/evaluate', {variables: {}}) : {status: 500, body: null};
    t.is(answer.status, 500);
  });

  test.serial(title('FEEL is the only script language'), async t => {
    const {baseUrl, token} = bench().running.handle;
    const life = await fetch(`${baseUrl}/banli/life`, {headers: {authorization: `Bearer ${token}`}});
    t.like(await life.json(), {product: bench().product, scriptLanguages: ['feel']});
    t.like(await bench().engine.health(), {up: true, product: bench().product, version: bench().product === 'camunda' ? '7.24.0' : '1.0.3'});
  });

  test.serial(title('every path wants the token'), async t => {
    const {baseUrl, token} = bench().running.handle;
    for (const path of ['/', '/banli/life', '/banli/state/x', '/engine-rest/engine', '/engine-rest/process-instance', '/error', '/h2-console', '/camunda', '/webjars']) {
      for (const authorization of [undefined, 'Bearer', `Bearer ${token.slice(0, -1)}`, `bearer ${token}x`, `Basic ${Buffer.from('demo:demo').toString('base64')}`]) {
        const response = await fetch(baseUrl + path, {headers: authorization === undefined ? {} : {authorization}});
        t.is(response.status, 401, `${path} ${authorization}`);
        t.is(await response.text(), '');
      }
    }
    t.is((await fetch(`${baseUrl}/banli/apply`, {method: 'POST', body: '{}'})).status, 401);
  });

  test.serial(title('there is nobody to log in as'), async t => {
    t.deepEqual((await bench().rest('GET', '/user')).body, []);
  });

  test.serial(title('requests that make no sense are answered with a class, never with a stack trace'), async t => {
    const {baseUrl, token} = bench().running.handle;
    const bad = ['', '{', '[]', 'null', '"x"', '{"caseId":1,"seq":1,"operations":[]}', '{"caseId":"a","seq":0,"operations":[]}', '{"caseId":"a","seq":1.5,"operations":[]}',
      '{"caseId":"a b","seq":1,"operations":[]}', `{"caseId":"${'x'.repeat(65)}","seq":1,"operations":[]}`, '{"caseId":"a","seq":1,"operations":{}}', '{"caseId":"ok","seq":1,"operations":[null]}',
      '{"caseId":"ok2","seq":1,"operations":[{"kind":"explode"}]}', '{"caseId":"ok3","seq":1,"operations":[{"kind":"start"}]}'];
    for (const body of bad) {
      const response = await fetch(`${baseUrl}/banli/apply`, {method: 'POST', body, headers: {authorization: `Bearer ${token}`}});
      const text = await response.text();
      t.true(response.status === 400 || response.status === 422, `${body} → ${response.status}`);
      t.is((JSON.parse(text) as {class: string}).class, 'refused');
      t.notRegex(text, /\bat [\w.]+\(/);
    }
    for (const path of ['/banli/changes?after=x', '/banli/running?limit=99999999999']) {
      t.is((await fetch(baseUrl + path, {headers: {authorization: `Bearer ${token}`}})).status, 400);
    }
  });
});
