import type {UnitView} from '@banli/api';

/** The nearest centre on the way up from a unit, itself among them; where there is none, the topmost unit. `null` for a unit nobody knows. */
export function centreOf(units: readonly UnitView[], unitId: string): UnitView | null {
  const byId = new Map(units.map(unit => [unit.id, unit]));
  const seen = new Set<string>();
  let top: UnitView | null = null;
  for (let unit = byId.get(unitId); unit && !seen.has(unit.id); unit = byId.get(unit.parentId ?? '')) {
    seen.add(unit.id);
    top = unit;
    if (unit.kind === 'centre') return unit;
  }
  return top;
}
