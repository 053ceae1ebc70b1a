import {Type, type Static} from '@sinclair/typebox';
import {defineRoute} from '../define-route.js';
import {Done, Id, strict} from '../schemas.js';

/** Field and outcome under which reasons for cancelling a case are kept: the command has no field of a form. */
export const cancelReason = 'case.cancel';

const RecentReason = Type.Object({field: Type.String(), outcome: Type.String({description: 'The way of finishing, or the request, that it was given for'}), text: Type.String()});
/** A reason that its author may use again. */
export type RecentReasonView = Static<typeof RecentReason>;

/** Reasons and opinions that a person gave last: everyone his own. Commands keep them by themselves. */
export const reasonRoutes = {
  read: defineRoute({id: 'reasons.read', method: 'GET', path: '/api/reasons/:bundleId', permission: 'signedIn', summary: 'Own last reasons in an application, the newest first; none that tell of a person', params: strict({bundleId: Id}), answer: Type.Object({reasons: Type.Array(RecentReason)})}),
  forget: defineRoute({id: 'reasons.forget', method: 'DELETE', path: '/api/reasons/:bundleId/:field', permission: 'signedIn', summary: 'Forgets own last reasons of a field', params: strict({bundleId: Id, field: Type.String({minLength: 1, maxLength: 64})}), answer: Done}),
};
