import type { ProviderName } from '../src/bindings';
import { BINDING_ADDRESS, NCC_ADDRESS } from '../src/constructs';
import type { PlannedRouter } from '../src/model';
import type { MovedAddress } from './moved';
import type { Output } from './outputs';

/** What a cloud's part of a stack gives back, beside the elements that it put into the stack. */
export interface StackContent {
  readonly providers: readonly ProviderName[];
  /** Local values without references, by name. */
  readonly literals: Readonly<Record<string, unknown>>;
  readonly outputs: Readonly<Record<string, Output>>;
  readonly moved: readonly MovedAddress[];
  /** Addresses that Terraform forgets without destroying what they stand for. */
  readonly forgotten: readonly string[];
}

/** A bound NCC cannot be destroyed, and the provider cannot unbind: both are forgotten, not destroyed. */
export function unboundAddresses(router: PlannedRouter): string[] {
  return [
    ...(router.ncc.name !== undefined ? [NCC_ADDRESS] : []),
    ...(router.ncc.workspaceIds.length > 0 ? [BINDING_ADDRESS] : []),
  ];
}
