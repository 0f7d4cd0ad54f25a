import type { Route } from '../model';
import { CAPABILITIES, type Capability } from './capabilities';
import { ENGINES, type Engine } from './engines';

/** The engines, in the order of the table. */
export const ENGINE_NAMES = Object.keys(ENGINES) as unknown as readonly [Engine, ...Engine[]];

/** The capabilities, in the order of their table. */
export const CAPABILITY_NAMES = Object.keys(CAPABILITIES) as readonly Capability[] as readonly [
  Capability,
  ...Capability[],
];

/** The engines that can do something. */
export function enginesWith(capability: Capability): readonly Engine[] {
  return ENGINE_NAMES.filter((engine) => ENGINES[engine].capabilities[capability]);
}

/** The engines whose listeners can have a route. */
export function enginesWithRoute(route: Route): readonly Engine[] {
  return ENGINE_NAMES.filter((engine) => ENGINES[engine].routes.includes(route));
}

/** What an engine cannot do. */
export function lackedBy(engine: Engine): readonly Capability[] {
  return CAPABILITY_NAMES.filter((capability) => !ENGINES[engine].capabilities[capability]);
}
