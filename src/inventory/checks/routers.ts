import type { ValuePath } from '../../model';
import { errorAt, fault, type InventoryFinding, quote, warningAt } from '../findings';
import { nodeAt } from '../source/source-node';
import { partitionOf, REGION_FORM, REGIONS } from '../tables/regions';
import { suggestion } from '../values/did-you-mean';
import { roleOwner } from '../values/forms';
import type { Check, CheckContext, RouterView } from './context';
import { listedTwice } from './targets';

/** Each router by itself: region, access, network, NCC. */
export const checkRouters: Check = function* (context) {
  const regions = new Set(REGIONS);
  for (const [index, region] of (context.written.limits?.regions ?? []).entries()) {
    if (REGION_FORM.test(region)) regions.add(region);
    else yield errorAt(['limits', 'regions', index], noRegion(region, REGIONS));
  }
  yield* listedTwice(['limits', 'regions'], context.written.limits?.regions, context);
  if (context.has(['routers']) && isEmpty(context, ['routers'])) {
    yield errorAt(['routers'], fault('PLR1113', 'There is no router.', 'Add a router.'));
  }
  for (const router of context.routers) {
    yield* place(router, regions);
    yield* access(router, context);
    yield* network(router, context);
    yield* ncc(router, context);
    yield* resolvers(router, context);
    if (isEmpty(context, [...router.path, 'targets'])) {
      const reason = fault(
        'PLR1320',
        'The router has no target.',
        'Add one, or take the router away with `teardown: prepare`.',
      );
      yield warningAt([...router.path, 'targets'], reason);
    }
  }
};

function noRegion(region: string, known: Iterable<string>) {
  const form = REGION_FORM.test(region);
  return fault(
    'PLR1301',
    `${quote(region)} is not a region that Databricks on AWS is known to run in.${suggestion(region, known)}`,
    form
      ? 'Correct the region; a new one is added with `limits: { regions: [name] }`.'
      : 'Write a region such as us-east-2.',
  );
}

function* place({ written: { aws }, path }: RouterView, regions: ReadonlySet<string>): Iterable<InventoryFinding> {
  if (aws?.region === undefined) return;
  if (!regions.has(aws.region)) {
    yield errorAt([...path, 'aws', 'region'], noRegion(aws.region, regions));
    return;
  }
  const gov = partitionOf(aws.region) === 'aws-us-gov';
  if (gov && aws.govcloud === undefined) {
    const reason = fault(
      'PLR1302',
      `${aws.region} has two Databricks; which one is not stated.`,
      'Add govcloud: civilian, or govcloud: dod.',
    );
    yield errorAt([...path, 'aws', 'govcloud'], reason);
  } else if (!gov && aws.govcloud !== undefined) {
    const reason = fault('PLR1302', `${aws.region} is not a region of GovCloud.`, 'Remove govcloud.');
    yield errorAt([...path, 'aws', 'govcloud'], reason);
  }
}

function* access({ written: { aws }, path }: RouterView, context: CheckContext): Iterable<InventoryFinding> {
  const roleKey = [...path, 'aws', 'assumeRole'];
  if (context.has(roleKey) && context.has([...path, 'aws', 'profile'])) {
    const reason = fault('PLR1110', 'profile and assumeRole exclude each other.', 'Remove one of the two.');
    yield errorAt([...path, 'aws', 'profile'], reason);
  }
  const arn = aws?.assumeRole?.roleArn;
  const owner = arn === undefined ? undefined : roleOwner(arn);
  if (owner === undefined) return;
  if (aws?.accountId !== undefined && owner.accountId !== aws.accountId) {
    const reason = fault(
      'PLR1307',
      `The role belongs to account ${owner.accountId}, the router to ${aws.accountId}.`,
      "Name a role of the router's own account.",
    );
    yield errorAt([...roleKey, 'roleArn'], reason);
  } else if (aws?.region !== undefined && owner.partition !== partitionOf(aws.region)) {
    const reason = fault(
      'PLR1307',
      `The role belongs to the partition ${owner.partition}, the region ${aws.region} to ${partitionOf(aws.region)}.`,
      `Begin the ARN with arn:${partitionOf(aws.region)}:.`,
    );
    yield errorAt([...roleKey, 'roleArn'], reason);
  }
}

function* network({ written: { aws }, path }: RouterView, context: CheckContext): Iterable<InventoryFinding> {
  const key = [...path, 'aws', 'subnetIds'];
  if (aws?.subnetIds === undefined) return;
  yield* listedTwice(key, aws.subnetIds, context);
  if (aws.subnetIds.length === 0) {
    const reason = fault('PLR1113', 'No subnet is listed.', 'Name a subnet in each of two or three zones.');
    yield errorAt(key, reason);
  } else if (aws.subnetIds.length === 1) {
    const reason = fault(
      'PLR1305',
      'One subnet is one availability zone: the router falls with it.',
      'Name a subnet in each of two or three zones.',
    );
    yield warningAt(key, reason);
  }
}

function* ncc({ written, path }: RouterView, context: CheckContext): Iterable<InventoryFinding> {
  const key = [...path, 'ncc'];
  const named = context.has([...key, 'name']);
  const known = context.has([...key, 'id']);
  if (nodeAt(context.root, key)?.node.kind !== 'map') return;
  if (named && known) {
    const reason = fault(
      'PLR1110',
      'An NCC has a name (a new one) or an id (one that exists), not both.',
      'Remove one of the two.',
    );
    yield errorAt([...key, 'id'], reason);
  } else if (!named && !known && written.ncc !== undefined && !isMisspelt(context, key)) {
    const reason = fault(
      'PLR1102',
      'The NCC has neither a name nor an id.',
      'Add name: for a new NCC, or id: of one that exists.',
    );
    yield errorAt([...key, 'name'], reason);
  }
  if (named && !known && !context.has([...key, 'workspaceIds']) && !isMisspelt(context, key)) {
    const reason = fault(
      'PLR1102',
      'The key "workspaceIds" is missing here: the workspaces that are bound to the NCC.',
      'Add workspaceIds: a list.',
    );
    yield errorAt([...key, 'workspaceIds'], reason);
  }
  const ids = written.ncc?.workspaceIds;
  yield* listedTwice([...key, 'workspaceIds'], ids, context);
  if (named && ids?.length === 0) {
    const reason = fault(
      'PLR1319',
      'No workspace is bound to the NCC: nobody reaches the targets.',
      'List the ids of the workspaces.',
    );
    yield warningAt([...key, 'workspaceIds'], reason);
  }
}

/** A key that the NCC does not know is reported already, and is most likely the one that is missing. */
function isMisspelt(context: CheckContext, key: ValuePath): boolean {
  const node = nodeAt(context.root, key)?.node;
  return (
    node?.kind === 'map' && [...node.entries.keys()].some((name) => !['name', 'id', 'workspaceIds'].includes(name))
  );
}

function* resolvers({ written, path, targets }: RouterView, context: CheckContext): Iterable<InventoryFinding> {
  const key = [...path, 'resolvers'];
  yield* listedTwice(key, written.resolvers, context);
  const used = written.dns === 'synth' || targets.some((target) => target.written.dns === 'synth');
  // A mode that is broken, here or in a target that is, may have been meant to be synth.
  const all = nodeAt(context.root, [...path, 'targets'])?.node;
  const unsure =
    (written.dns === undefined && context.has([...path, 'dns'])) ||
    (all?.kind === 'map' && all.entries.size > targets.length);
  if (written.resolvers !== undefined && written.resolvers.length > 0 && !used && !unsure) {
    const reason = fault(
      'PLR1309',
      'Name servers are asked for `dns: synth` only; this router has none.',
      'Set dns: synth, or remove resolvers.',
    );
    yield warningAt(key, reason);
  }
}

function isEmpty(context: CheckContext, path: ValuePath): boolean {
  const node = nodeAt(context.root, path)?.node;
  return node?.kind === 'map' && node.entries.size === 0;
}
