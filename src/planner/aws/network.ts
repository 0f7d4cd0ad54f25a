import {
  type AwsRouter,
  compareShards,
  compareText,
  type Finding,
  type LockedNetwork,
  type LockedRouter,
} from '../../model';
import { error, routerPath, shortList, warning } from '../findings';
import type { ShardState } from '../teardown';

/** What a change of a router's network asks of its shards, and whether the lock allows it. */
export interface NetworkStep {
  /** The generation of each shard that the lock knows and that stays in the plan. */
  readonly generations: ReadonlyMap<string, number>;
  readonly findings: readonly Finding[];
}

/** Where a router stands, as the lock keeps it. */
export function networkOf({ aws }: AwsRouter): LockedNetwork {
  const { accountId, region, vpcId } = aws;
  return { accountId, region, vpcId, subnetIds: [...new Set(aws.subnetIds)].sort(compareText) };
}

/**
 * Holds what a network load balancer can live through. A subnet more is added in place; one that goes, or another VPC,
 * replaces the load balancer, and the old one can only be deleted where its protection has come off before. Then each
 * shard of the plan enters a new generation, those that are being taken away included: their load balancers stand in the
 * same subnets. Another region or account is another router.
 */
export function networkStep(
  router: AwsRouter,
  locked: LockedRouter | undefined,
  states: ReadonlyMap<string, ShardState>,
): NetworkStep {
  const staying = Object.entries(locked?.shards ?? {}).filter(([key]) => states.get(key) !== 'removed');
  const generations = (more: number): ReadonlyMap<string, number> =>
    new Map(staying.map(([key, { generation = 0 }]) => [key, generation + more]));
  const before = locked?.network;
  // What was taken down stands nowhere any more.
  if (locked === undefined || before === undefined || locked.teardown === 'destroy') {
    return { generations: generations(0), findings: [] };
  }
  const moved = movedAway(router, before);
  const change = moved.length > 0 || staying.length === 0 ? undefined : replacingChange(router, before);
  if (change === undefined) return { generations: generations(0), findings: moved };
  const why = protectedBy(router, locked);
  if (why !== undefined) return { generations: generations(0), findings: [stillProtected(router.name, change, why)] };
  const keys = staying.map(([key]) => key).sort(compareShards);
  return { generations: generations(1), findings: [replaced(router.name, change, keys)] };
}

/** A router that goes with `teardown: destroy` must be looked for where it stands; the rest of its network decides nothing. */
export function removalStep(router: AwsRouter, locked: LockedRouter | undefined): readonly Finding[] {
  return locked?.network === undefined ? [] : movedAway(router, locked.network);
}

interface Change {
  readonly key: 'vpcId' | 'subnetIds';
  /** What changes, in words. */
  readonly words: string;
}

/** The change that replaces a load balancer, if there is one. */
function replacingChange({ name, aws }: AwsRouter, before: LockedNetwork): Change | undefined {
  if (aws.vpcId !== before.vpcId) {
    return { key: 'vpcId', words: `vpcId of ${name} changes from ${before.vpcId} to ${aws.vpcId}` };
  }
  const gone = before.subnetIds.filter((id) => !aws.subnetIds.includes(id));
  return gone.length === 0 ? undefined : { key: 'subnetIds', words: `subnetIds of ${name} loses ${shortList(gone)}` };
}

/** Why the old load balancer could not be deleted; undefined where it can. */
function protectedBy(router: AwsRouter, locked: LockedRouter): string | undefined {
  if (locked.unprotected !== true && locked.teardown !== 'prepare') {
    return 'the lock has not seen `deletionProtection: false`, so the old ones could not be deleted';
  }
  if (!router.deletionProtection || router.teardown === 'prepare') return undefined;
  return '`deletionProtection` is on again in the same step; allowed is `deletionProtection: false` until the change is applied';
}

function outOfLock(router: string): string {
  return `Where nothing of ${router} was ever applied, take its entry out of the lock instead and run \`privatelink-router lock\`.`;
}

function stillProtected(router: string, { key, words }: Change, why: string): Finding {
  const fix = `Put ${key} back, set \`deletionProtection: false\` for ${router}, run \`privatelink-router synth\` and apply; then change ${key}, run synth and apply; then put the protection back, run synth and apply. ${outOfLock(router)}`;
  const message = `${words}, which replaces its load balancers: ${why}`;
  return error('PLR2511', routerPath(router, 'aws', key), message, fix);
}

function replaced(router: string, { key, words }: Change, shards: readonly string[]): Finding {
  const [first = ''] = shards;
  const message = `${words}: the load balancers of ${shortList(shards)} are replaced, with their target groups and listeners; open connections are cut once`;
  const fix = `Apply when that may be, then put the deletion protection back. Should AWS not let the old load balancer leave its endpoint service while an endpoint is connected, run \`terraform apply -destroy -target=databricks_mws_ncc_private_endpoint_rule.${first}\` (so for each shard) and apply again: the shard is then cut off until its new endpoint is accepted. ${outOfLock(router)}`;
  return warning('PLR2512', routerPath(router, 'aws', key), message, fix);
}

/** One finding where the router would stand in another region or account. */
function movedAway({ name, aws }: AwsRouter, before: LockedNetwork): readonly Finding[] {
  const keys = (['accountId', 'region'] as const).filter((key) => aws[key] !== before[key]);
  const [first] = keys;
  if (first === undefined) return [];
  const words = keys.map((key) => `${key} of ${name} changes from ${before[key]} to ${aws[key]}`);
  const fix = `Put it back. To move, add a router of another name in the new place, let clients go over to it, and then take ${name} away with \`teardown: prepare\` and \`teardown: destroy\`. ${outOfLock(name)}`;
  const message = `${words.join(', and ')}; what ${name} made stands in the old place, and Terraform would look for it in the new one`;
  return [error('PLR2513', routerPath(name, 'aws', first), message, fix)];
}
