import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type AdoptedRouter,
  adopt,
  findRouter,
  inventoryText,
  lockEntry,
  moduleFiles,
  readState,
  stackFiles,
} from '../../src/adopt';
import { loadInventory } from '../../src/inventory';
import { parseLock, serializeLock } from '../../src/lock';
import type { Lock } from '../../src/model';
import { planRouting } from '../../src/planner';
import { ENDPOINTS, type Endpoint, type Item, oldRouter, shown } from './sample';

type Choices = Parameters<typeof adopt>[1];

function taken(items: readonly Item[] = oldRouter(), choices: Partial<Choices> = {}): AdoptedRouter {
  const { router } = findRouter(readState(shown(items)).resources ?? []);
  if (router === undefined) throw new Error('nothing was found');
  const adopted = adopt(router, { hosts: new Map(), ...choices });
  if (adopted.router === undefined) throw new Error(JSON.stringify(adopted.findings));
  return adopted.router;
}

const SOURCE = 'acme/privatelink-router/aws';

function text(files: readonly { readonly name: string; readonly text: string }[], name: string): string {
  return files.find((file) => file.name === name)?.text ?? '';
}

describe('the call of the module', () => {
  it('has the targets in the old order with their ports and names, and the blocks that move everything', () => {
    const file = text(moduleFiles(taken(), { source: SOURCE, imports: false }), 'adopt.tf');
    expect(file.slice(file.indexOf('module "'), file.indexOf('moved {'))).toBe(
      `module "shared-router" {
  source = "acme/privatelink-router/aws"
  name   = "shared-router"
  region = "us-east-2"
  vpc_id = "vpc-0a1b2c3d4e5f60718"
  subnet_ids = [
    "subnet-0b1c2d3e4f5061728",
    "subnet-0a1b2c3d4e5f60718",
  ]
  base_port           = 10000
  load_balancer_name  = "shared-router-nlb"
  security_group_name = "shared-router-nlb"
  approval            = "manual"
  idle_timeout        = 350
  drain               = 300
  health_check = {
    protocol            = "TCP"
    interval            = 30
    timeout             = 10
    healthy_threshold   = 3
    unhealthy_threshold = 3
  }
  targets = [
    {
      name              = "mysql"
      host              = "mysql.corp.acme.com"
      port              = 3306
      listener_port     = 10000
      target_group_name = "shared-router-nlb-tg-mysql"
    },
    {
      name              = "postgres"
      host              = "pg.corp.acme.com"
      port              = 5432
      listener_port     = 10001
      target_group_name = "shared-router-nlb-tg-postgres"
    },
  ]
}

`,
    );
    expect(file).toContain(
      'moved {\n  from = aws_lb_target_group_attachment.tga["mysql.corp.acme.com-10.0.1.10"]\n  to   = module.shared-router.aws_lb_target_group_attachment.address["shared-router-nlb-tg-mysql/10.0.1.10"]\n}',
    );
    expect(file).toContain('moved {\n  from = aws_lb.lb\n  to   = module.shared-router.aws_lb.this\n}');
    expect(file).toContain(
      'removed {\n  from = aws_security_group_rule.shared-router_left_behind\n\n  lifecycle {\n    destroy = false\n  }\n}',
    );
    expect(file).not.toContain('import {');
  });

  it('imports into another state by the ids, and the old configuration forgets each resource once', () => {
    const router = taken();
    const files = moduleFiles(router, { source: SOURCE, imports: true });
    const call = text(files, 'adopt.tf');
    expect(call).toContain(
      `import {\n  to = module.shared-router.aws_lb.this\n  id = "${router.loadBalancer.values.arn}"\n}`,
    );
    expect(call).not.toContain('aws_lb_target_group_attachment');
    expect(call).not.toContain('moved {');
    const forgotten = [...text(files, 'forget.tf').matchAll(/from = (.*)\n {2}to/g)].map(([, from]) => from);
    const managed =
      readState(shown(oldRouter())).resources?.filter((one) => one.managed && one.type !== 'aws_s3_bucket') ?? [];
    expect([...forgotten].sort()).toEqual(managed.map(({ address }) => address).sort());
    const targets = [...text(files, 'forget.tf').matchAll(/ to {3}= (.*)\n/g)].map(([, to]) => to);
    expect(new Set(targets).size).toBe(targets.length);
  });

  it('says of each target what the others have otherwise, and leaves the name of a group away that is made anew', () => {
    const items = oldRouter().map((item) =>
      item.key === ENDPOINTS[1]?.id && item.type === 'aws_lb_target_group'
        ? { ...item, values: { ...item.values, port: 10001, deregistration_delay: '60' } }
        : item,
    );
    const file = text(moduleFiles(taken(items), { source: SOURCE, imports: false }), 'adopt.tf');
    expect(file).toMatch(/name {14}= "mysql"[^}]*drain {13}= 300/);
    expect(file).toMatch(/name {10}= "postgres"[^}]*listener_port = 10001\n {6}drain {9}= 60/);
    expect(file).not.toContain('"shared-router-nlb-tg-postgres"');
  });

  it('marks what the state does not say, and writes down nothing in its place', () => {
    const items = oldRouter().filter(({ mode }) => mode !== 'data');
    const file = text(moduleFiles(taken(items), { source: SOURCE, imports: false }), 'adopt.tf');
    expect(file).toContain(
      '    # COMPLETE: the host that port 10000 leads to (now 10.0.1.9 and 10.0.1.10).\n    {\n      name              = "mysql"\n      port ',
    );
    expect(file).toContain(
      '# COMPLETE: the host that port 10001 leads to (now 10.0.2.20), or the domain that clients dial for this address.',
    );
    expect(file).toContain('host              = "10.0.2.20"');
    const literal = taken(oldRouter(), { hosts: new Map([[10001, '10.0.2.20']]) });
    expect(text(moduleFiles(literal, { source: SOURCE, imports: false }), 'adopt.tf')).toContain(
      '# COMPLETE: the domain that clients dial for this address.',
    );
  });

  it('has no template in it that was a text in the state', () => {
    const items = oldRouter().map((item) => {
      const values = { ...item.values, ...(item.type === 'aws_security_group' ? { name: 'a${file("b")}%{c}' } : {}) };
      return { ...item, values, ...(item.type === 'aws_lb_listener' ? { key: '${item}' } : {}) };
    });
    for (const imports of [true, false]) {
      const all = moduleFiles(taken(items), { source: '${x}', imports })
        .map((file) => file.text)
        .join('\n');
      expect(all).toContain('$${file(\\"b\\")}%%{c}');
      expect(all.replaceAll('$${', '').replaceAll('%%{', '')).not.toMatch(/[$%]\{/);
    }
  });
});

describe('a stack', () => {
  /** The lock and the inventory as they are written, the inventory completed. */
  function written(router: AdoptedRouter): { readonly lock: Lock; readonly inventory: string } {
    const inventory = inventoryText(router, undefined)
      .replace('accountId:\n', 'accountId: 7a99b43c-b46c-432b-b0a7-814217701909\n')
      .replace('workspaceIds: []', 'workspaceIds: [1234567890123456]');
    const parsed = parseLock(serializeLock({ version: 1, routers: { [router.name]: lockEntry(router) } }), 'x');
    if (parsed.lock === undefined) throw new Error(JSON.stringify(parsed.diagnostics));
    return { lock: parsed.lock, inventory };
  }

  function planned({ lock, inventory }: ReturnType<typeof written>) {
    const cwd = mkdtempSync(join(tmpdir(), 'plr-adopt-'));
    try {
      writeFileSync(join(cwd, 'privatelink-router.yaml'), inventory);
      const loaded = loadInventory({ file: 'privatelink-router.yaml', cwd });
      const errors = loaded.diagnostics.filter(({ severity }) => severity === 'error');
      if (loaded.inventory === undefined || errors.length > 0) throw new Error(JSON.stringify(loaded.diagnostics));
      return planRouting({ inventory: loaded.inventory, lock });
    } finally {
      rmSync(cwd, { recursive: true, force: true });
    }
  }

  it('has an inventory that names everything that is to be completed', () => {
    const file = inventoryText(taken(), undefined);
    expect(file.match(/COMPLETE/g)).toHaveLength(2);
    expect(file).not.toContain('approval');
    expect(inventoryText(taken(), 'ncc-id')).toContain('    approval: manual\n');
    expect(file).toContain(
      '      # Port 10001, as the lock has it.\n      postgres: { host: pg.corp.acme.com, port: 5432 }',
    );
    const gov = JSON.parse(
      JSON.stringify(oldRouter()).replaceAll('arn:aws:', 'arn:aws-us-gov:').replaceAll('us-east-2', 'us-gov-west-1'),
    ) as Item[];
    expect(inventoryText(taken(gov), 'ncc-id').match(/COMPLETE/g)).toHaveLength(3);
    const call = text(moduleFiles(taken(gov), { source: SOURCE, imports: false }), 'adopt.tf');
    expect(call).toMatch(/ {2}govcloud += null # COMPLETE: civilian or dod\.\n/);
  });

  it('is planned as it stands: no port, no name and nothing else of the lock changes', () => {
    const endpoint = fc.record({
      port: fc.integer({ min: 1, max: 65535 }),
      addresses: fc.uniqueArray(fc.integer({ min: 1, max: 250 }), { minLength: 1, maxLength: 3 }),
      listener: fc.integer({ min: 1, max: 65535 }),
    });
    fc.assert(
      fc.property(
        fc.uniqueArray(endpoint, { minLength: 1, maxLength: 10, selector: ({ listener }) => listener }),
        fc.boolean(),
        (list, shared) => {
          const endpoints = list.map(({ port, addresses, listener }, index) => ({
            listener,
            endpoint: {
              id: `h${index}.corp.acme.com`,
              name: `t${index}`,
              port,
              addresses: addresses.map((last) => `10.0.${index}.${last}`),
            } satisfies Endpoint,
          }));
          const items = oldRouter(endpoints.map((one) => one.endpoint)).map((item) => {
            const found = endpoints.find((one) => one.endpoint.id === item.key);
            return item.type === 'aws_lb_listener'
              ? { ...item, values: { ...item.values, port: found?.listener } }
              : item;
          });
          const router = taken(items, shared ? { sharedDomain: 'shared.acme.com' } : {});
          const files = written(router);
          const { lock, plan, findings } = planned(files);
          expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
          expect(lock).toEqual(files.lock);
          const [shard] = plan.routers[0]?.shards ?? [];
          expect(shard).toMatchObject({
            loadBalancerName: 'shared-router-nlb',
            securityGroupName: 'shared-router-nlb',
          });
          expect(
            Object.fromEntries(
              shard?.listeners.map(({ port, backends: [to] }) => [port, `${to.hosts[0].name}:${to.port}`]) ?? [],
            ),
          ).toEqual(
            Object.fromEntries(endpoints.map((one) => [one.listener, `${one.endpoint.id}:${one.endpoint.port}`])),
          );
        },
      ),
      { numRuns: 40 },
    );
  });

  it('keeps health checks and times as they are found', () => {
    const check = {
      protocol: 'HTTP',
      port: '8080',
      path: '/health',
      matcher: '200-399',
      interval: 15,
      timeout: 6,
      healthy_threshold: 2,
      unhealthy_threshold: 4,
    };
    const items = oldRouter().map((item) => {
      const over =
        item.key !== ENDPOINTS[0]?.id ? {} : item.type === 'aws_lb_target_group' ? { health_check: [check] } : {};
      const idle = item.type === 'aws_lb_listener' ? { tcp_idle_timeout_seconds: 600 } : {};
      return { ...item, values: { ...item.values, ...over, ...idle } };
    });
    const [shard] = planned(written(taken(items))).plan.routers[0]?.shards ?? [];
    expect(
      shard?.listeners.map(({ backends: [{ idleTimeout, healthCheck }] }) => ({ idleTimeout, healthCheck })),
    ).toEqual([
      {
        idleTimeout: 600,
        healthCheck: {
          protocol: 'HTTP',
          port: 8080,
          path: '/health',
          matcher: '200-399',
          interval: 15,
          timeout: 6,
          healthyThreshold: 2,
          unhealthyThreshold: 4,
        },
      },
      {
        idleTimeout: 600,
        healthCheck: { protocol: 'TCP', interval: 30, timeout: 10, healthyThreshold: 3, unhealthyThreshold: 3 },
      },
    ]);
  });

  it('keeps a port whose host was to be completed', () => {
    const router = taken(oldRouter().filter(({ mode }) => mode !== 'data'));
    const { lock, inventory } = written(router);
    const completed = inventory
      .replace('mysql: { port', 'mysql: { host: mysql.corp.acme.com, port')
      .replace('postgres: { host: "10.0.2.20",', 'postgres: { host: "10.0.2.20", domain: pg.corp.acme.com,');
    const result = planned({ lock, inventory: completed });
    expect(result.findings.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(result.lock.routers['shared-router']?.targets).toMatchObject({
      mysql: { listenerPort: 10000, host: 'mysql.corp.acme.com', targetGroupName: 'shared-router-nlb-tg-mysql' },
      postgres: { listenerPort: 10001, domain: 'pg.corp.acme.com', targetGroupName: 'shared-router-nlb-tg-postgres' },
    });
  });

  it('imports the rule that was given by its ids, and the one of the state above it', () => {
    const rule = { ncc: 'n', id: 'r' };
    expect(text(stackFiles(taken(), rule), 'import.tf')).toContain(
      'import {\n  to = databricks_mws_ncc_private_endpoint_rule.s1\n  id = "n/r"\n}',
    );
    const service = 'com.amazonaws.vpce.us-east-2.vpce-svc-0123456789abcdef0';
    const items: Item[] = [
      ...oldRouter(),
      {
        type: 'databricks_mws_ncc_private_endpoint_rule',
        name: 'x',
        values: { endpoint_service: service, network_connectivity_config_id: 'own-ncc', rule_id: 'own' },
      },
    ];
    const own = text(stackFiles(taken(items), rule), 'import.tf');
    expect(own).toContain('id = "own-ncc/own"');
    expect(own).not.toContain('"n/r"');
    expect(text(stackFiles(taken(items), undefined), 'forget.tf')).toContain(
      'from = databricks_mws_ncc_private_endpoint_rule.x\n',
    );
  });
});
