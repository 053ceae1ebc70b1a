import {defineRoute, Moment, strict} from '@banli/api';
import {Type} from '@sinclair/typebox';
import type {Store} from '@banli/store';
import {bindPublicRoute, type BoundRoute} from '../http/index.js';
import type {MovableClock} from '../movable-clock.js';

const moveRoute = defineRoute({id: 'test.moveClock', method: 'POST', path: '/api/test/clock', permission: 'public', summary: 'Moves the clock of a trial', body: strict({to: Moment}), answer: Type.Object({now: Moment})});

/** Exists only in trials and tests: moves the clock of all processes of this instance. */
export function bindTestClockRoute(clock: MovableClock, store: Store): BoundRoute {
  return bindPublicRoute(moveRoute, async ({body}) => {
    await clock.moveTo(store, body.to);
    return {now: clock.now()};
  });
}
