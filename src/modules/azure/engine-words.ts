import { CAPABILITIES, type Capability, ENGINES } from '../../forwarder';
import type { Engine } from '../../model';

/** The engines that there are. */
export const engines = Object.keys(ENGINES) as Engine[];

/** The engines that can do something. */
export function able(capability: Capability): readonly Engine[] {
  return engines.filter((engine) => ENGINES[engine].capabilities[capability]);
}

/** Without what an engine goes, in the words of the check. */
export function without(capability: Capability): string {
  const { what, without: missing } = CAPABILITIES[capability];
  return `does not have ${what}. ${missing}`;
}
