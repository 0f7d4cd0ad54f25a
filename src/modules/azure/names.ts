import { limit } from '../../limits';
import { hclPhysicalName } from '../physical-name';

/** The one pool and the one shard of the module have the keys of a router's first, so that what is made of them is the same. */
const POOL = 'p1';
const SHARD = 's1';

/** The name of the shard's frontend, as the planner has it. */
export const FRONTEND = SHARD;

function seed(kind: string, key?: string): readonly string[] {
  return ['"azure"', JSON.stringify(kind), 'var.name', 'null', ...(key === undefined ? [] : [JSON.stringify(key)])];
}

function name(kind: string, max: number, key?: string): string {
  return hclPhysicalName({
    readable: '"plr-${var.name}"',
    ...(key === undefined ? {} : { suffix: key.slice(1) }),
    seed: seed(kind, key),
    max,
  });
}

/** A letter first, since Azure refuses digits alone, then as much of a hash as there is room for. */
function computerNamePrefix(): string {
  const hash = `sha256(jsonencode([${seed('computer name', POOL).join(', ')}]))`;
  return `substr("plr\${${hash}}", 0, ${limit('azure.computerNamePrefixLength').value})`;
}

/** The physical names that the planner gives a router's first pool and shard without an environment; expressions, by local. */
export function nameLocals(): Readonly<Record<string, string>> {
  const max = limit('azure.nameLength').value;
  return {
    nat_gateway_name: name('NAT gateway', max),
    public_ip_name: name('public address', max),
    pool_name: '"${var.name}-pool-1"',
    load_balancer_name: name('load balancer', max, POOL),
    security_group_name: name('security group', max, POOL),
    scale_set_name: name('scale set', limit('azure.scaleSetNameLength').value, POOL),
    computer_name_prefix: computerNamePrefix(),
    shard_name: '"${var.name}-1"',
    private_link_service_name: name('private link service', max, SHARD),
  };
}
