import { defined, listed } from '../model';
import { type HclBlock, hclFile, hclText, hclValue } from '../modules';
import type { AdoptedRouter, AdoptedTarget } from './adopted';
import { importBlocks, movedBlocks, removedBlocks, takeovers } from './blocks';
import { settingsOf, snakeCase } from './settings';

/** A file to be written: its name, and what it says. */
export interface AdoptFile {
  readonly name: string;
  readonly text: string;
}

export interface ModuleChoices {
  /** Where the module is to be had, as `source` takes it. */
  readonly source: string;
  /** True: the resources are imported into another state. False: they are moved within the one that they are in. */
  readonly imports: boolean;
}

/**
 * `adopt.tf`: the call of the module, and the blocks by which it takes over what is there. With `imports` also `forget.tf`,
 * for the configuration that had it before.
 */
export function moduleFiles(router: AdoptedRouter, { source, imports }: ModuleChoices): readonly AdoptFile[] {
  const taken = takeovers(router, { prefix: `module.${router.name}.` });
  const call = moduleCall(router, source);
  if (imports) {
    const blocks = [call, ...importBlocks(taken)];
    return [{ name: 'adopt.tf', text: hclFile(IMPORT_HEAD, blocks) }, forgetFile(router)];
  }
  const moved = movedBlocks(taken.map(({ from, to }) => ({ from: from.address, to })));
  const left = removedBlocks(router.leftovers, leftBehind(router));
  return [{ name: 'adopt.tf', text: hclFile(MOVED_HEAD, [call, ...moved, ...left]) }];
}

/** `forget.tf`, for the configuration that had the resources before: it forgets them and destroys nothing. */
export function forgetFile(router: AdoptedRouter): AdoptFile {
  const { loadBalancer, securityGroup, service, rule, accepter, targets, leftovers } = router;
  const own = [loadBalancer, securityGroup, service, rule, accepter].flatMap((found) =>
    found === undefined ? [] : [found.resource],
  );
  const ofTargets = targets.flatMap(({ listener, group, attachments }) =>
    [listener, group, ...attachments].map(({ resource }) => resource),
  );
  return {
    name: 'forget.tf',
    text: hclFile(FORGET_HEAD, removedBlocks([...own, ...ofTargets, ...leftovers], leftBehind(router))),
  };
}

const MOVED_HEAD = `Put this file into the folder of the old configuration, in place of the old module or resources; \`removed\` needs
Terraform 1.7 or newer. Plan, and look that nothing is destroyed or replaced; then apply. Once that is done, keep the
module and delete the blocks below it.`;

const IMPORT_HEAD = `Put this file into the new configuration; \`import\` needs Terraform 1.5 or newer. Plan, and look that nothing is destroyed
or replaced; then apply. Then put forget.tf into the old configuration. Once that is done, keep the module and delete the
blocks below it.`;

const FORGET_HEAD = `Put this file into the folder of the old configuration, in place of the old module or resources, after the new one has
imported them; \`removed\` needs Terraform 1.7 or newer. It forgets them and destroys nothing. Once that is applied, delete
this file.`;

function leftBehind({ name }: AdoptedRouter): string {
  return `${name}_left_behind`;
}

function moduleCall(router: AdoptedRouter, source: string): HclBlock {
  const { loadBalancer, securityGroup, accepter, targets } = router;
  const { shared, own } = settingsOf(targets);
  const values: Readonly<Record<string, unknown>> = {
    name: router.name,
    region: router.region,
    vpc_id: router.vpcId,
    subnet_ids: router.subnetIds,
    base_port: router.basePort,
    load_balancer_name: loadBalancer.values.name,
    ...(securityGroup === undefined ? {} : { security_group_name: securityGroup.values.name }),
    // What was connected before was accepted before.
    ...(accepter === undefined ? { approval: 'manual' } : { private_endpoint_id: accepter.values.vpc_endpoint_id }),
    ...(router.sharedDomain === undefined ? {} : { domains: { shared: router.sharedDomain } }),
    ...(snakeCase(shared) as object),
  };
  const items = targets.map((target) => targetItem(target, router, snakeCase(own(target)) as object));
  return {
    type: 'module',
    labels: [router.name],
    body: [
      { name: 'source', expression: hclText(source) },
      ...Object.entries(values).map(([name, value]) => ({ name, expression: hclValue(value) })),
      ...(router.partition === 'aws' ? [] : [{ name: 'govcloud', expression: `null # ${COMPLETE} civilian or dod.` }]),
      { name: 'targets', expression: `[\n${items.map((item) => `${item}\n`).join('')}]` },
    ],
  };
}

/** Marks what a state does not say. */
export const COMPLETE = 'COMPLETE:';

/** What is to be completed of a target, in words; undefined where nothing is. */
export function toComplete({ host, domains, listenerPort, addresses }: AdoptedTarget): string | undefined {
  if (host === undefined) {
    const domainToo = addresses.length === 1 ? ', or the domain that clients dial for this address' : '';
    return `${COMPLETE} the host that port ${listenerPort} leads to (now ${listed(addresses)})${domainToo}.`;
  }
  return domains === undefined ? `${COMPLETE} the domain that clients dial for this address.` : undefined;
}

/** What a target of the inventory has several of, while a target of the module has one; undefined where it fits. */
function tooMany({ hosts, domains }: AdoptedTarget): string | undefined {
  const several = [
    ...(hosts === undefined ? [] : [`the hosts ${listed(hosts)}`]),
    ...(domains !== undefined && domains.length > 1 ? [`the domains ${listed(domains)}`] : []),
  ];
  return several.length === 0
    ? undefined
    : `${COMPLETE} the inventory's target has ${several.join(' and ')}; a target of the module has one host and one domain. A stack (--to stack) takes them all.`;
}

function targetItem(target: AdoptedTarget, router: AdoptedRouter, settings: object): string {
  const { name, host, domains: [domain] = [], addresses, port, listenerPort, keepsGroup, group } = target;
  const written = host ?? (addresses.length === 1 ? addresses[0] : undefined);
  const item = {
    name,
    ...defined({ host: written }),
    port,
    listener_port: listenerPort,
    ...(domain === undefined || domain === host || router.sharedDomain !== undefined ? {} : { domain }),
    ...(keepsGroup ? { target_group_name: group.values.name } : {}),
    ...settings,
  };
  const missing = toComplete(target) ?? tooMany(target);
  return `${missing === undefined ? '' : `  # ${missing}\n`}  ${hclValue(item, '  ')},`;
}
