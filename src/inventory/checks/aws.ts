import { partitionOf } from '../../limits';
import { errorAt, fault, type InventoryFinding, warningAt } from '../findings';
import { roleOwner } from '../values/forms';
import type { Check, CheckContext, RouterView } from './context';
import { outOfReach } from './partitions';
import { noRegion, regionsOf } from './regions';
import { listedTwice } from './targets';

/** Each router of AWS by itself: region, access, network. */
export const checkAws: Check = function* (context) {
  const regions = regionsOf('aws', context);
  for (const router of context.routers) {
    yield* place(router, regions);
    yield* access(router, context);
    yield* network(router, context);
  }
};

function* place({ written: { aws }, path }: RouterView, regions: ReadonlySet<string>): Iterable<InventoryFinding> {
  if (aws?.region === undefined) return;
  if (!regions.has(aws.region)) {
    yield errorAt([...path, 'aws', 'region'], noRegion('aws', aws.region, regions));
    return;
  }
  const gov = partitionOf(aws.region)?.databricks.commercial === undefined;
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
  const region = aws?.region ?? '';
  const partition = region === '' || outOfReach('aws', region) ? undefined : partitionOf(region)?.name;
  if (aws?.accountId !== undefined && owner.accountId !== aws.accountId) {
    const reason = fault(
      'PLR1307',
      `The role belongs to account ${owner.accountId}, the router to ${aws.accountId}.`,
      "Name a role of the router's own account.",
    );
    yield errorAt([...roleKey, 'roleArn'], reason);
  } else if (partition !== undefined && owner.partition !== partition) {
    const reason = fault(
      'PLR1307',
      `The role belongs to the partition ${owner.partition}, the region ${region} to ${partition}.`,
      `Begin the ARN with arn:${partition}:.`,
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
