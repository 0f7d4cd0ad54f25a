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
export function unboundAddresses({ ncc, forgetsNcc }: PlannedRouter): string[] {
  return [
    ...(ncc.name !== undefined || forgetsNcc === true ? [NCC_ADDRESS] : []),
    ...(ncc.workspaceIds.length > 0 || forgetsNcc === true ? [BINDING_ADDRESS] : []),
  ];
}

/** An NCC that the router made before it took one from elsewhere, and the bindings that went with it. */
export function handedOverAddresses({ ncc, forgetsNcc }: PlannedRouter): string[] {
  if (forgetsNcc !== true) return [];
  return ncc.workspaceIds.length > 0 ? [NCC_ADDRESS] : [NCC_ADDRESS, BINDING_ADDRESS];
}
