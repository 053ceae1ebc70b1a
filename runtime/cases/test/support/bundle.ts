import type {CompiledBundle, Effect, FieldBinding, FormNode, FormSchema, Outcome, StepModel} from '@banli/formats';

const field = (id: string, more: Partial<FormNode> = {}, binding: Partial<FieldBinding> = {}): FormNode => ({type: 'string', title: id, ...more, 'x-banli': {id, ...binding}});

const form: FormSchema = {
  type: 'object',
  'x-banli-form': {id: 'case', title: {'zh-CN': '事项单'}},
  properties: {
    callerBox: {type: 'void', properties: {phone: field('phone', {}, {sensitivity: 'encrypt', mask: 'phone'}), caller: field('caller')}},
    title: field('title'),
    matter: field('matter', {}, {catalog: {id: 'matters'}}),
    place: field('place'),
    unit: field('unit'),
    helpers: field('helpers', {type: 'array'}),
    papers: field('papers', {type: 'array', 'x-component': 'FileUpload'}),
    secret: field('secret', {type: 'boolean'}),
    result: field('result'),
    reply: field('reply'),
    opinion: field('opinion', {}, {scope: 'task'}),
    days: field('days', {type: 'number'}),
    why: field('why'),
    cause: field('cause', {}, {catalog: {id: 'causes'}}),
    until: field('until'),
    lapseNumber: field('lapseNumber'),
    lapseDemand: field('lapseDemand'),
    lapseAnswer: field('lapseAnswer'),
    redoOf: field('redoOf'),
    proposalReason: field('proposalReason', {}, {english: 'proposalReasonEn'}),
    proposalReasonEn: field('proposalReasonEn'),
    proposalRow: field('proposalRow', {}, {english: 'proposalRowEn'}),
    proposalRowEn: field('proposalRowEn'),
    proposalVersion: field('proposalVersion'),
  },
};

const outcome = (id: string, more: Partial<Outcome> = {}): Outcome => ({id, name: {'zh-CN': id}, tone: 'default', requires: [], effects: [], ...more});

function step(id: string, more: Partial<StepModel>): StepModel {
  return {id, name: id, kind: 'user', processId: 'matter', scope: null, form: 'case', state: null, assignment: null, outcomes: [], actions: [], multiInstance: null, topic: null, inputs: [], outcomeVariable: `${id}Outcome`, ...more};
}

const givenBack: Effect = {kind: 'excludeUnit', value: 'holder', sender: 'upper', judge: {field: 'cause', column: 'blames'}};

const list: readonly StepModel[] = [
  step('register', {kind: 'start', state: 'draft', outcomes: [outcome('submit', {effects: [{kind: 'set', name: 'short', value: 'form.place = null'}]})]}),
  step('check', {nameEn: 'Look through', state: 'checking', assignment: {role: 'clerk,chief', unit: '=acceptingUnit', exclude: []}, outcomes: [
    outcome('hand', {batch: true, effects: [{kind: 'hold', op: 'set', value: 'form.unit'}, {kind: 'participants', name: 'assist', value: 'form.helpers'}]}),
    outcome('entrust', {effects: [{kind: 'hold', op: 'set', value: 'form.unit', right: {without: 'refuse'}}]}),
    outcome('propose', {effects: [{kind: 'hold', op: 'set', value: 'form.unit', right: {without: 'reason', field: 'why'}}]}),
    outcome('broken', {effects: [{kind: 'field', name: 'result', value: '1 + form.title'}]}),
    outcome('close', {requires: ['reply'], when: 'round = 1'}),
  ]}),
  step('prepare', {kind: 'worker', form: null, topic: 'test.prepare', outcomeVariable: null, inputs: [{name: 'about', value: 'form.title'}], state: 'working'}),
  step('handle', {state: 'working', assignment: {role: 'handler', unit: '=holder', exclude: []}, outcomes: [
    outcome('finish', {requires: ['result']}),
    outcome('back', {requires: ['why'], effects: [{kind: 'excludeUnit', value: 'holder'}, {kind: 'hold', op: 'clear'}, {kind: 'message', name: 'alarm', when: 'returnCount >= 2'}]}),
    outcome('reject', {requires: ['cause'], when: 'depth = 0', effects: [givenBack, {kind: 'hold', op: 'clear'}]}),
    outcome('giveUp', {requires: ['cause'], when: 'depth > 0', effects: [givenBack, {kind: 'hold', op: 'pop'}]}),
    outcome('down', {requires: ['unit'], effects: [{kind: 'hold', op: 'push', value: 'form.unit'}]}),
    outcome('up', {when: 'depth > 0', effects: [{kind: 'hold', op: 'pop'}]}),
  ], actions: [
    {id: 'askTime', name: {'zh-CN': '申请延期'}, command: 'extend', message: 'request.extend', fields: ['days', 'why'], requires: ['days', 'why'], clock: 'resolve', amountField: 'days', reasonField: 'why'},
    {id: 'askPause', name: {'zh-CN': '申请挂起'}, command: 'pause', message: 'request.pause', fields: ['why', 'until'], requires: ['why'], reasonField: 'why', untilField: 'until'},
    {id: 'askResume', name: {'zh-CN': '申请恢复'}, command: 'resume', message: 'request.resume', fields: ['why'], requires: [], reasonField: 'why'},
  ]}),
  step('assist', {assignment: {role: 'handler', unit: '=participant', exclude: []}, multiInstance: {countVariable: 'assistCount'}, outcomes: [outcome('answer')]}),
  step('confirm', {state: 'checking', assignment: {role: 'clerk', unit: '=acceptingUnit', exclude: ['handle', 'check']}, outcomes: [outcome('archive'), outcome('again', {effects: [{kind: 'round'}]})]}),
  step('judge', {state: 'judging', assignment: {role: 'chief', unit: '=acceptingUnit', exclude: []}, outcomes: [outcome('agree', {effects: [{kind: 'request', op: 'approve'}]}), outcome('deny', {requires: ['opinion'], effects: [{kind: 'request', op: 'refuse'}]})]}),
  step('oversee', {scope: 'overseeing', assignment: {role: 'chief', unit: '=leadUnit', exclude: [], follow: true}, outcomes: [outcome('seen')]}),
  step('settle', {scope: 'overseeing', assignment: {role: 'chief', unit: '=acceptingUnit', exclude: []}, outcomes: [outcome('close'), outcome('again', {effects: [{kind: 'field', name: 'lapseDemand', value: '"again"'}]})]}),
];

const allFields = Object.keys(form.properties).flatMap(name => (name === 'callerBox' ? ['phone', 'caller'] : [name]));

/** A small application with one of everything the core does: offices that check, units that handle, helpers, requests, a worker. */
export const release: CompiledBundle = {
  hash: 'a'.repeat(64),
  startStep: 'register',
  steps: Object.fromEntries(list.map(each => [each.id, each])),
  compiled: {matter: `<bpmn>${['checkOutcome', 'handleOutcome', 'confirmOutcome', 'settleOutcome'].map(name => `<bpmn:conditionExpression language="feel">${name} = "again"</bpmn:conditionExpression>`).join('')}<bpmn:loopCardinality>\${assistCount}</bpmn:loopCardinality></bpmn>`},
  elementMap: {},
  clockEvents: [{elementId: 'slow', clock: 'respond', messageName: 'clock.respond.handle', attachedTo: 'handle', scope: null}],
  nodes: [...list.map(({id, kind}) => ({id, name: id, type: kind === 'start' ? 'startEvent' : kind === 'worker' ? 'serviceTask' : 'userTask', scope: null})), {id: 'archived', name: 'archived', type: 'endEvent', scope: null}],
  flows: [
    ['register', 'check'], ['check', 'prepare'], ['check', 'archived'], ['prepare', 'handle'], ['prepare', 'assist'], ['handle', 'confirm'], ['handle', 'check'], ['handle', 'handle'], ['assist', 'confirm'], ['confirm', 'archived'], ['confirm', 'handle'],
  ].map(([source = '', target = '']) => ({id: `${source}-${target}`, source, target})),
  messages: [],
  bundle: {
    manifest: {
      id: 'matter', version: '1', title: {'zh-CN': '事项'}, mainProcess: 'matter', needs: {plugins: [], catalogs: []},
      roles: [{id: 'clerk', title: {'zh-CN': '受理员'}}, {id: 'chief', title: {'zh-CN': '科长'}}, {id: 'handler', title: {'zh-CN': '承办人'}}],
      numbering: {pattern: '{centre}-{yyyyMMdd}-{seq:6}'},
      strands: [{id: 'overseeing', title: {'zh-CN': '督办', en: 'Supervision'}, subProcess: 'overseeing', fields: ['lapseNumber', 'lapseDemand', 'lapseAnswer'], number: {pattern: 'DB{centre}-{yyyyMMdd}-{seq:6}', field: 'lapseNumber'}, begin: [{field: 'lapseDemand', value: 'if step = "handle" then "returned" else "lapsed"'}], byHand: {title: {'zh-CN': '督办', en: 'Supervise'}, roles: ['chief'], message: 'clock.resolve', fields: ['lapseDemand'], requires: ['lapseDemand']}}],
      states: [{id: 'judging', title: {'zh-CN': '待审核'}, public: 'open'}, {id: 'paused', title: {'zh-CN': '挂起'}, public: 'open'}, {id: 'checking', title: {'zh-CN': '受理中'}, public: 'open'}, {id: 'working', title: {'zh-CN': '处置中'}, public: 'open', publicWhen: [{when: 'round > 1', public: 'again'}]}, {id: 'draft', title: {'zh-CN': '暂存'}, public: null}, {id: 'archived', title: {'zh-CN': '已归档'}, public: 'closed'}],
      endState: 'archived', pausedState: 'paused',
      publicStates: [{id: 'open', title: {'zh-CN': '处置中'}}, {id: 'again', title: {'zh-CN': '处置中（二次办理）'}}, {id: 'closed', title: {'zh-CN': '已办结'}}],
      caseFields: {title: 'title', phone: 'phone', matter: 'matter', confidential: 'secret', reply: 'reply', redoOf: 'redoOf', proposalReason: 'proposalReason', proposalRow: 'proposalRow', proposalVersion: 'proposalVersion', proposalChange: 'why'},
      sharedGroups: ['caller'], duplicateKey: ['phone', 'matter', 'place'],
      variables: [{name: 'short', type: 'boolean', default: false}],
    },
    processes: {matter: {file: 'processes/matter.bpmn', xml: '<bpmn/>'}},
    forms: {case: form},
    permissions: {
      start: ['clerk'], cancel: ['clerk'],
      view: [{role: 'clerk', scope: 'unit'}, {role: 'chief', scope: 'unitAndBelow'}, {role: 'handler', scope: 'own'}, {role: 'auditor', scope: 'all'}],
      groups: {caller: ['phone', 'caller']},
      steps: {}, readers: {}, closures: [],
    },
    limits: {clocks: [{id: 'resolve', title: {'zh-CN': '办结'}, limit: {kind: 'resolve'}, on: [{event: 'started', do: 'start'}, {event: 'handle.finish', do: 'halt'}, {event: 'check.entered', do: 'continue'}, {event: 'ended', do: 'stop'}, {event: 'paused', do: 'halt'}], lapse: []}, {id: 'answer', title: {'zh-CN': '反馈'}, strand: 'overseeing', limit: {fixed: 'PT24H', unit: 'hour', source: 'own:'}, on: [{event: 'oversee.entered', do: 'start'}, {event: 'oversee.seen', do: 'stop'}, {event: 'oversee.left', do: 'stop'}], lapse: []}]},
    documents: {}, samples: {}, files: {},
  },
};

/** Names of all fields of the small application. */
export const fieldNames: readonly string[] = allFields;
