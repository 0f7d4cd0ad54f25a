import {
  CLOUD_NAMES,
  compareText,
  defined,
  domainsOf,
  hostNames,
  type LockedRouter,
  type LockedTarget,
  listed,
  lockedDomains,
  lockedHosts,
  type Router,
} from '../model';
import { hclFile } from '../modules';
import type { AdoptedRouter, AdoptedTarget } from './adopted';
import { importBlocks, takeovers } from './blocks';
import { type AdoptFinding, refused } from './findings';
import { type AdoptFile, COMPLETE, forgetFile, toComplete } from './module-files';
import { settingsOf } from './settings';

/** The shard that a router has at first. */
const SHARD = 's1';

/** `import.tf`, to stand beside the stack for one apply, and `forget.tf` for the configuration that had the resources before. */
export function stackFiles(
  router: AdoptedRouter,
  rule: { readonly ncc: string; readonly id: string } | undefined,
): readonly AdoptFile[] {
  const taken = takeovers(router, { prefix: '', shard: SHARD });
  const given =
    rule === undefined || router.rule !== undefined
      ? []
      : [{ to: `databricks_mws_ncc_private_endpoint_rule.${SHARD}`, id: `${rule.ncc}/${rule.id}` }];
  return [{ name: 'import.tf', text: hclFile(IMPORT_HEAD, importBlocks([...taken, ...given])) }, forgetFile(router)];
}

const IMPORT_HEAD = `Put this file beside the stack's cdk.tf.json, plan, and look that nothing is destroyed or replaced; then apply. Once that is
done, delete this file, and put forget.tf into the old configuration.`;

/**
 * The router's entry in the lock: ports as they are found, and the names of what is taken over.
 * @param inventory the router as the user's inventory has it; a port that it asks for is locked so. @default none
 */
export function lockEntry(router: AdoptedRouter, inventory?: Router): LockedRouter {
  const { accountId, region, vpcId, subnetIds, loadBalancer, securityGroup } = router;
  const targets = router.targets.map((target) => [target.name, lockTarget(target, inventory)] as const);
  return {
    cloud: 'aws',
    network: { accountId, region, vpcId, subnetIds: [...subnetIds].sort(compareText) },
    ...(inventory?.deletionProtection === false ? { unprotected: true } : {}),
    shards: {
      [SHARD]: {
        domains: [...new Set(targets.flatMap(([, target]) => domainsOf(target)))].sort(compareText),
        loadBalancerName: loadBalancer.values.name,
        ...(securityGroup === undefined ? {} : { securityGroupName: securityGroup.values.name }),
      },
    },
    targets: Object.fromEntries([...targets].sort(([a], [b]) => compareText(a, b))),
    retired: [],
  };
}

function lockTarget(target: AdoptedTarget, inventory: Router | undefined): LockedTarget {
  const { name, listenerPort, port, keepsGroup, group, addresses } = target;
  // What is to be completed stands here as it is found; `lock` puts in what it is completed with.
  const host = target.host ?? addresses[0] ?? '';
  const written = inventory?.targets.find((one) => one.name === name);
  return {
    shard: SHARD,
    listenerPort,
    ...lockedHosts(written === undefined ? [host] : hostNames(written.hosts)),
    port,
    ...lockedDomains(target.domains ?? [host]),
    ...(written?.listenPort === listenerPort ? { portFrom: 'listenPort' } : {}),
    ...(keepsGroup ? { targetGroupName: group.values.name } : {}),
    ...(written?.dns === 'synth' && written.hosts.some(({ literal }) => !literal) ? { addresses } : {}),
  };
}

/** What keeps a router of the user's inventory from being the one that is found. */
export function inventoryFindings(router: AdoptedRouter, inventory: Router): readonly AdoptFinding[] {
  const named = new Set(inventory.targets.map(({ name }) => name));
  const strange = router.targets.filter(({ name }) => !named.has(name));
  const fix = 'Correct the inventory, or write `listenPort` at the target that the port belongs to.';
  const found = strange.map(({ listener, listenerPort, addresses, port }) =>
    refused(
      'PLR9110',
      listener.resource.address,
      `the inventory does not say clearly which target of ${inventory.name} the listener on port ${listenerPort} leads to: ${listed(addresses)}, port ${port}`,
      fix,
    ),
  );
  if (inventory.cloud === 'aws') return found;
  return [
    ...found,
    refused(
      'PLR9110',
      '',
      `${inventory.name} is a router of ${CLOUD_NAMES[inventory.cloud]}, and the load balancer is of AWS`,
      'Name the router with `--name`.',
    ),
  ];
}

/** The inventory with the router's entry. What a state does not say is marked, and `check` names it. */
export function inventoryText(router: AdoptedRouter, ncc: string | undefined): string {
  const { shared, own } = settingsOf(router.targets);
  const id = router.rule?.values.network_connectivity_config_id ?? ncc;
  // The endpoint of a rule that is taken over is accepted already; that of a new one is not.
  const accepted = id !== undefined && router.accepter === undefined;
  return `${[
    '# Written from the state of what is taken over. Complete the places that are marked, then run `privatelink-router check`.',
    'version: 1',
    '',
    'databricks:',
    `  # ${COMPLETE} the account ID, from the account console at the top right.`,
    '  accountId:',
    '',
    'routers:',
    `  ${router.name}:`,
    '    aws:',
    `      accountId: ${yaml(router.accountId)}`,
    `      region: ${yaml(router.region)}`,
    `      vpcId: ${yaml(router.vpcId)}`,
    `      subnetIds: ${yaml(router.subnetIds)}`,
    ...(router.partition === 'aws' ? [] : [`      # ${COMPLETE} civilian or dod.`, '      govcloud:']),
    ...(id === undefined
      ? [
          `    # ${COMPLETE} the workspaces, and the NCC: this name makes a new one, \`id\` takes one that exists.`,
          `    ncc: { name: ${yaml(nccName(router.name))}, workspaceIds: [] }`,
        ]
      : [`    # ${COMPLETE} the workspaces that use it.`, `    ncc: { id: ${yaml(id)}, workspaceIds: [] }`]),
    ...(accepted ? ['    # The endpoint that is connected was accepted before.', '    approval: manual'] : []),
    `    basePort: ${router.basePort}`,
    ...(router.sharedDomain === undefined ? [] : [`    domains: { shared: ${yaml(router.sharedDomain)} }`]),
    ...Object.entries(shared).map(([key, value]) => `    ${key}: ${yaml(value)}`),
    '    targets:',
    ...router.targets.flatMap((target) => targetLines(target, router, own(target))),
  ].join('\n')}\n`;
}

/** An NCC's name has at most 30 characters. */
function nccName(router: string): string {
  return router.slice(0, 30).replace(/-+$/, '').padEnd(3, '0');
}

function targetLines(target: AdoptedTarget, router: AdoptedRouter, settings: object): readonly string[] {
  const { name, host, domains: [domain] = [], addresses, port, listenerPort } = target;
  const written = host ?? (addresses.length === 1 ? addresses[0] : undefined);
  const ownDomain = domain !== undefined && domain !== host && router.sharedDomain === undefined;
  const item = {
    ...defined({ host: written }),
    port,
    ...(ownDomain ? { domain } : {}),
    ...settings,
  };
  const missing = toComplete(target);
  return [
    `      # Port ${listenerPort}, as the lock has it.`,
    ...(missing === undefined ? [] : [`      # ${missing}`]),
    `      ${name}: ${yaml(item)}`,
  ];
}

/** A value in YAML's flow style, which JSON is a part of; texts that can mean nothing else stand without quotes. */
function yaml(value: unknown): string {
  if (typeof value === 'string')
    return /^[a-z][a-z0-9-]*(\.[a-z0-9-]+)*$/.test(value) && !WORDS.has(value) ? value : JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(yaml).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  return `{ ${Object.entries(value)
    .map(([key, item]) => `${key}: ${yaml(item)}`)
    .join(', ')} }`;
}

/** Texts that YAML takes for something else. */
const WORDS: ReadonlySet<string> = new Set(['true', 'false', 'null', 'yes', 'no', 'on', 'off', 'y', 'n']);
