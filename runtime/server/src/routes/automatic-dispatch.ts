import {automaticDispatchRoutes} from '@banli/api';
import {countDecisions, dispatchSteps, listDispatchPaths, listSwitches, readSwitches, standingOf, throwSwitch, type SwitchDeps, type SwitchEntry, type SwitchState} from '@banli/cases';
import type {CatalogService} from '@banli/catalogs';
import type {People} from '@banli/people';
import {permissionErrors, type PermissionActor, type Permissions} from '@banli/permissions';
import {dayMs, dayOf, parseDate, startOfDay} from '@banli/time';
import {bindRoute, type BoundRoute} from '../http/index.js';

/** What the routes of automatic dispatch stand on. */
export interface AutomaticDispatchRouteDeps {
  readonly switches: SwitchDeps & {readonly people: People};
  readonly releases: Parameters<typeof dispatchSteps>[0]['releases'];
  readonly permissions: Permissions;
  readonly catalogs: Pick<CatalogService, 'rowTitle'>;
}

const mostSwitches = 100;
const mostPaths = 200;

/** 自动派单: its switches and their log, and the ways of cases. */
export function bindAutomaticDispatchRoutes({switches, releases, permissions, catalogs}: AutomaticDispatchRouteDeps): readonly BoundRoute[] {
  const {people, store, clock} = switches;
  const unit = (id: string) => ({id, name: people.unit(id)?.name ?? id});
  const may = (actor: PermissionActor, permission: string, unitId: string) => permissions.canWith(actor, permission, {unitIds: [unitId], personIds: []});
  const entry = ({unitId, isOn, ...each}: SwitchEntry) => ({...each, on: isOn, unit: unit(unitId)});
  /** Units that dispatch, and those that have a switch, as far as the actor's right reaches. */
  const unitsOf = async (actor: PermissionActor, states: readonly SwitchState[]): Promise<readonly string[]> => {
    const roles = (await dispatchSteps({releases})).flatMap(step => step.roles);
    return people.units().map(({id}) => id).filter(id => (people.holders(roles, id).length > 0 || states.some(state => state.unitId === id)) && may(actor, automaticDispatchRoutes.state.permission, id));
  };
  return [
    bindRoute(automaticDispatchRoutes.state, async ({actor}) => {
      const states = await readSwitches(store);
      const unitIds = await unitsOf(actor, states);
      const today = await countDecisions(store, startOfDay(dayOf(clock.now())));
      return {
        units: unitIds.map(id => {
          const {isOn, stoppedBy} = standingOf(people, states, id);
          const own = states.find(state => state.unitId === id);
          return {unit: unit(id), on: own?.isOn === true, inForce: isOn, since: own?.since ?? null, stoppedBy: stoppedBy === null ? null : unit(stoppedBy), maySwitch: may(actor, automaticDispatchRoutes.throwSwitch.permission, id), sentToday: today.get(id)?.sent ?? 0, leftToday: today.get(id)?.left ?? 0};
        }),
        log: (await listSwitches(switches, unitIds, mostSwitches)).map(entry),
      };
    }),
    bindRoute(automaticDispatchRoutes.throwSwitch, async ({actor, body}) => {
      const {permission} = automaticDispatchRoutes.throwSwitch;
      if (people.unit(body.unitId) && !may(actor, permission, body.unitId)) throw permissionErrors.DENIED({permission});
      return entry(await throwSwitch(switches, actor, body));
    }),
    bindRoute(automaticDispatchRoutes.history, async ({actor, query}) => {
      // Cases are told where the unit is at home; one that is not there has no area.
      const area = people.unit(actor.unitId)?.areaCode ?? 'nowhere';
      const {from, until, unit: unitId, ...more} = query;
      const found = await listDispatchPaths(store, {...more, area, from: startOfDay(parseDate(from)), until: startOfDay(parseDate(until)) + dayMs, ...(unitId === undefined ? {} : {unitId})}, mostPaths);
      return {...found, paths: await Promise.all(found.paths.map(async ({matterCode, units, ...path}) => ({...path, units: units.map(unit), matter: matterCode === null ? null : ((await catalogs.rowTitle('matters', matterCode, clock.now())) ?? {'zh-CN': matterCode})})))};
    }),
  ];
}
