import {Type} from '@sinclair/typebox';
import {defineRoute} from '../define-route.js';
import {Id, Moment, oneOf, orNull, strict, Text} from '../schemas.js';

const Unit = Type.Object({id: Id, name: Type.String()});
const Day = Type.String({pattern: '^\\d{4}-\\d{2}-\\d{2}$'});
const SwitchJson = Type.Object({id: Id, unit: Unit, on: Type.Boolean(), reason: Type.String(), personName: Type.String(), at: Moment});

/** Dispatch without a dispatcher: how it is switched, by whom and why, and what came of it. `CASE_SWITCH_SAME`. @see Source: requirements/xinjiang-hotline.md §2.1.12 */
export const automaticDispatchRoutes = {
  state: defineRoute({
    id: 'automaticDispatch.state', method: 'GET', path: '/api/dispatch/automatic', permission: 'dispatch.read', summary: 'Whether automatic dispatch is on, at every unit within reach that dispatches, and the last switches',
    answer: Type.Object({
      units: Type.Array(Type.Object({unit: Unit, on: Type.Boolean({description: 'As it was switched there'}), inForce: Type.Boolean({description: 'On, and not stopped from above'}), since: orNull(Moment), stoppedBy: orNull(Unit), maySwitch: Type.Boolean(), sentToday: Type.Integer(), leftToday: Type.Integer()})),
      log: Type.Array(SwitchJson, {maxItems: 100}),
    }),
  }),
  throwSwitch: defineRoute({id: 'automaticDispatch.throwSwitch', method: 'POST', path: '/api/dispatch/automatic/switch', permission: 'dispatch.switch', summary: 'Starts automatic dispatch at a unit, or stops it there and at all below, at once, with a reason', body: strict({unitId: Id, on: Type.Boolean(), reason: Type.String({minLength: 2, maxLength: 500, pattern: '\\S'})}), answer: SwitchJson}),
  history: defineRoute({
    id: 'automaticDispatch.history', method: 'GET', path: '/api/dispatch/history', permission: 'dispatch.read', summary: 'Ways of cases accepted in a time: units one after the other, returns, whether the first unit was right, whether it was sent by rule; of at most 5000 cases, newest first',
    query: strict({from: Day, until: Day, matter: Type.Optional(Id), unit: Type.Optional(Id), way: Type.Optional(oneOf('automatic', 'manual'))}),
    answer: Type.Object({
      orders: Type.Integer(), automatic: Type.Integer(), firstRight: Type.Integer(), automaticRight: Type.Integer(), transfers: Type.Integer(), isCut: Type.Boolean(),
      paths: Type.Array(Type.Object({caseId: Id, number: Type.String(), acceptedAt: Moment, matter: orNull(Text), units: Type.Array(Unit), transfers: Type.Integer(), firstWasRight: Type.Boolean(), isAutomatic: Type.Boolean()}), {maxItems: 200}),
    }),
  }),
};
