import { listExpression } from '../expression';
import { asTexts, Reference, type ValueOrRef } from '../value-or-ref';

/** Every location with availability zones has three, and Azure takes one of them, or all, for an address. */
const ALL_ZONES = ['1', '2', '3'];

/**
 * The zones of an address, frontend or public: all of them wherever the location has zones, whatever zones the machines
 * are in, so that the address survives the loss of any. Frontend zones can never change without replacing the service.
 *
 * @param zones the machines' zones; empty in a location without zones
 */
export function frontendZones(zones: ValueOrRef<readonly string[]>): { zones: string[] } | Record<string, never> {
  if (zones instanceof Reference) {
    return { zones: listExpression(`length(${zones.terraform}) == 0 ? null : ${JSON.stringify(ALL_ZONES)}`) };
  }
  return zones.length === 0 ? {} : { zones: [...ALL_ZONES] };
}

/** The zones of the machines. Without any the argument is left out, since an empty list is another value to Azure. */
export function machineZones(zones: ValueOrRef<readonly string[]>): { zones: string[] } | Record<string, never> {
  if (zones instanceof Reference) {
    return { zones: listExpression(`length(${zones.terraform}) == 0 ? null : ${zones.terraform}`) };
  }
  return zones.length === 0 ? {} : { zones: asTexts(zones) };
}
