import { shardResource } from '../constructs';
import { type HclBlock, hclText } from '../modules';
import type { AdoptedRouter } from './adopted';
import { type AdoptFinding, refused } from './findings';
import type { StateResource } from './state';

/** Where the resources of a router stand. */
interface Place {
  /** What comes before every address: `module.analytics.`, or nothing. */
  readonly prefix: string;
  /** The shard's key in a stack. @default none: in a module there is one shard only */
  readonly shard?: string;
}

/** One resource that is taken over. */
export interface Takeover {
  readonly from: StateResource;
  readonly to: string;
  /** What `import` takes. Absent where the provider imports nothing of the type: it is made anew, which AWS takes for the same. */
  readonly id?: string;
}

/** Every resource that a router takes over, with its new address. */
export function takeovers(router: AdoptedRouter, place: Place): readonly Takeover[] {
  const { loadBalancer, securityGroup, service, targets } = router;
  const to = (type: string, part?: string): string => `${place.prefix}${type}.${shardResource(place.shard, part)}`;
  const own = <T>(found: T | undefined, takeover: (found: T) => Takeover): readonly Takeover[] =>
    found === undefined ? [] : [takeover(found)];
  return [
    { from: loadBalancer.resource, to: to('aws_lb'), id: loadBalancer.values.arn },
    ...own(securityGroup, ({ resource, values }) => {
      return { from: resource, to: to('aws_security_group', 'load_balancer'), id: values.id };
    }),
    ...own(service, ({ resource, values }) => ({ from: resource, to: to('aws_vpc_endpoint_service'), id: values.id })),
    ...databricksTakeovers(router, place),
    ...targets.flatMap(({ name, listener, group, attachments }): readonly Takeover[] => [
      {
        from: group.resource,
        to: `${to('aws_lb_target_group', 'target')}[${hclText(name)}]`,
        id: group.values.arn,
      },
      {
        from: listener.resource,
        to: `${to('aws_lb_listener', 'listener')}[${hclText(name)}]`,
        id: listener.values.arn,
      },
      ...attachments.map(({ resource, values }) => {
        const key = hclText(`${group.values.name}/${values.target_id}`);
        return { from: resource, to: `${to('aws_lb_target_group_attachment', 'address')}[${key}]` };
      }),
    ]),
  ];
}

/** A stack has the rule and accepts its endpoint; a module of AWS accepts an endpoint whose id it is given. */
function databricksTakeovers({ rule, accepter }: AdoptedRouter, { prefix, shard }: Place): readonly Takeover[] {
  const accepted = (at: string): readonly Takeover[] =>
    accepter === undefined
      ? []
      : [
          {
            from: accepter.resource,
            to: `${prefix}aws_vpc_endpoint_connection_accepter.${at}`,
            id: `${accepter.values.vpc_endpoint_service_id}_${accepter.values.vpc_endpoint_id}`,
          },
        ];
  if (shard === undefined) return accepted(`${shardResource(undefined)}[0]`);
  if (rule === undefined) return [];
  const { network_connectivity_config_id: ncc, rule_id: id } = rule.values;
  const to = `${prefix}databricks_mws_ncc_private_endpoint_rule.${shard}`;
  return [{ from: rule.resource, to, id: `${ncc}/${id}` }, ...accepted(shard)];
}

/** Terraform moves nothing between types, and load balancers once had two names for each. */
export function movableFindings(router: AdoptedRouter): readonly AdoptFinding[] {
  return takeovers(router, { prefix: '' })
    .filter(({ from }) => from.type.startsWith('aws_alb'))
    .map(({ from }) =>
      refused(
        'PLR9105',
        from.address,
        `${from.address} has the old name of its type, and Terraform moves nothing to another type`,
        'Use `--import`: the resources are then imported, and the old configuration forgets them.',
      ),
    );
}

/** `moved` blocks, within one state. */
export function movedBlocks(items: readonly { readonly from: string; readonly to: string }[]): readonly HclBlock[] {
  return items.map(({ from, to }) => block('moved', { from, to }));
}

/** `import` blocks, for another state. */
export function importBlocks(items: readonly { readonly to: string; readonly id?: string }[]): readonly HclBlock[] {
  return items.flatMap(({ to, id }) => (id === undefined ? [] : [block('import', { to, id: hclText(id) })]));
}

/**
 * Blocks with which Terraform forgets these very instances without touching what they stand for. `removed` takes whole
 * resources only, so they are first moved to resources that there never were.
 *
 * @param name of those resources: unlike any in the configuration
 */
export function removedBlocks(resources: readonly StateResource[], name: string): readonly HclBlock[] {
  const types = [...new Set(resources.map(({ type }) => type))].sort();
  const moved = types.flatMap((type) =>
    resources
      .filter((one) => one.type === type)
      .map(({ address }, index) => ({ from: address, to: `${type}.${name}["${index}"]` })),
  );
  const removed = types.map((type): HclBlock => {
    const lifecycle: HclBlock = { type: 'lifecycle', labels: [], body: [{ name: 'destroy', expression: 'false' }] };
    return { type: 'removed', labels: [], body: [{ name: 'from', expression: `${type}.${name}` }, lifecycle] };
  });
  return [...movedBlocks(moved), ...removed];
}

function block(type: string, attributes: Readonly<Record<string, string>>): HclBlock {
  const body = Object.entries(attributes).map(([name, expression]) => ({ name, expression }));
  return { type, labels: [], body };
}
