import type {FakeDrawing} from '../../../cases/test/support/engine.js';

type EngineVariables = Parameters<FakeDrawing['next'][string]>[0];

const outcomeOf = (variables: EngineVariables, stepId: string): string => String(variables[`${stepId}Outcome`]);
const routeIntake = ({intakeRoute}: EngineVariables): readonly string[] => (intakeRoute === 'reply' ? ['renderReply'] : intakeRoute === 'dispatch' ? ['proposeDispatch'] : ['reviewIntake']);
const leadBranch = ({signed}: EngineVariables): readonly string[] => [signed === true ? 'handleCase' : 'signCase'];
const handling = (variables: EngineVariables): readonly string[] => [...leadBranch(variables), 'assistCase'];
const resultLevel = ({resultTarget}: EngineVariables): readonly string[] => [resultTarget === 'upper' ? 'confirmLower' : 'reviewResult'];
const returnLevel = ({returnTarget}: EngineVariables): readonly string[] => [returnTarget === 'upper' ? 'handleCase' : 'proposeDispatch'];
const isApproved = (variables: EngineVariables): boolean => ['approve', 'quote', 'grantAppeal'].includes(outcomeOf(variables, 'reviewResult'));

function afterCallback({callbackResult}: EngineVariables): readonly string[] {
  if (callbackResult === 'unreached') return ['planCallback'];
  return callbackResult === 'satisfied' || callbackResult === 'closed' ? ['!caseArchived'] : ['recheckCase'];
}

/** The drawing of `templates/hotline`, as the engine in memory walks it: its ways and scopes, without its clocks. A supervision ends with its case. */
export const hotlineDrawing: FakeDrawing = {
  startStep: 'callAccepted',
  messages: {'request.extend': 'reviewExtension', 'request.pause': 'reviewPause', 'request.resume': 'reviewResume', 'clock.resolve': 'superviseFeedback'},
  topics: Object.fromEntries(['sendAcceptNotice', 'proposeDispatch', 'renderReply', 'sendCloseNotice', 'planCallback', 'openRedo'].map(step => [step, `hotline.${step}`])),
  copies: {assistCase: 'assistCaseCount'},
  takesAlong: (stepId, variables) => {
    const leavesHandling = (stepId === 'reviewResult' && isApproved(variables)) || (stepId === 'reviewReturn' && outcomeOf(variables, stepId) === 'approve' && returnLevel(variables)[0] === 'proposeDispatch');
    return leavesHandling ? ['assistCase', 'reviewExtension', 'reviewPause', 'reviewResume'] : [];
  },
  next: {
    callAccepted: () => ['sendAcceptNotice'],
    sendAcceptNotice: routeIntake,
    supplementCase: routeIntake,
    reviewIntake: variables => ({supplement: ['supplementCase'], reply: ['renderReply']})[outcomeOf(variables, 'reviewIntake')] ?? ['proposeDispatch'],
    proposeDispatch: () => ['dispatchCase'],
    dispatchCase: variables => (outcomeOf(variables, 'dispatchCase') === 'back' ? ['reviewIntake'] : handling(variables)),
    signCase: variables => (outcomeOf(variables, 'signCase') === 'return' ? ['reviewReturn'] : ['handleCase']),
    handleCase: variables => ({delegate: ['signCase'], return: ['reviewReturn'], appeal: ['reviewResult']})[outcomeOf(variables, 'handleCase')] ?? resultLevel(variables),
    confirmLower: variables => (outcomeOf(variables, 'confirmLower') === 'backLower' ? ['handleCase'] : resultLevel(variables)),
    reviewReturn: variables => (outcomeOf(variables, 'reviewReturn') === 'approve' ? returnLevel(variables) : leadBranch(variables)),
    reviewResult: variables => (isApproved(variables) ? ['renderReply'] : ['handleCase']),
    renderReply: () => ['sendCloseNotice'],
    sendCloseNotice: ({callbackDue}) => (callbackDue === true ? ['planCallback'] : ['!caseArchived']),
    planCallback: () => ['callbackCitizen'],
    callbackCitizen: afterCallback,
    recheckCase: variables => ({again: handling(variables), redo: ['openRedo']})[outcomeOf(variables, 'recheckCase')] ?? ['proposeDispatch'],
    openRedo: () => ['!caseArchived'],
    superviseFeedback: () => ['superviseClose'],
    superviseClose: variables => (outcomeOf(variables, 'superviseClose') === 'again' ? ['superviseFeedback'] : []),
  },
};
