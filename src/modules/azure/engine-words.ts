import { CAPABILITIES, type Capability } from '../../forwarder';

/** Without what an engine goes, in the words of the check. */
export function without(capability: Capability): string {
  const { what, without: missing } = CAPABILITIES[capability];
  return `does not have ${what}. ${missing}`;
}
