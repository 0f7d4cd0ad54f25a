import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { preparePlan } from '../src/app';
import { compareDeployments } from '../src/changes';
import type { PlannedShard } from '../src/model';
import { toPublicPlan } from '../src/planner';
import { synthesize } from '../stacks';

const EXAMPLES = resolve(__dirname, '..', 'examples');
const scratch = mkdtempSync(join(tmpdir(), 'plr-examples-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** Every example, in every environment that has an overlay; without any, as it stands. */
interface Example {
  readonly name: string;
  readonly file: string;
  readonly env: string | undefined;
}

function cases(): readonly Example[] {
  return readdirSync(EXAMPLES, { withFileTypes: true })
    .filter((entry) => /^\d/.test(entry.name))
    .flatMap((entry): readonly Example[] => {
      const file = join(EXAMPLES, entry.name, 'privatelink-router.yaml');
      const environments = readdirSync(join(EXAMPLES, entry.name)).flatMap(
        (name) => /^privatelink-router\.(\w+)\.yaml$/.exec(name)?.[1] ?? [],
      );
      return environments.length === 0
        ? [{ name: entry.name, file, env: undefined }]
        : environments.map((env) => ({ name: `${entry.name} (${env})`, file, env }));
    });
}

describe.each(cases())('example $name', ({ file, env }) => {
  const suffix = env === undefined ? '' : `.${env}`;
  const prepare = () =>
    preparePlan({ file: relative(process.cwd(), file), ...(env !== undefined && { env }), frozen: true, write: false });

  it('is free of errors, and its lock is up to date', async () => {
    const { diagnostics } = await prepare();
    expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  it('has the plan that it shows', async () => {
    const { plan, lock, previousLock, diagnostics } = await prepare();
    const changes = compareDeployments({ lock: previousLock }, { plan, lock });
    const shown = join(file, '..', `expected-plan${suffix}.json`);
    expect(existsSync(shown), `${shown} is missing: npm run examples writes it`).toBe(true);
    expect(toPublicPlan(plan, { changes, compared: 'locks', diagnostics })).toEqual(
      JSON.parse(readFileSync(shown, 'utf8')),
    );
  });

  it('becomes the same Terraform twice', async () => {
    const { plan } = await prepare();
    const [first, second] = [join(scratch, `a${suffix}`), join(scratch, `b${suffix}`)].map((out) =>
      synthesize(plan, out).map((path) => [relative(out, path), readFileSync(path, 'utf8')]),
    );
    expect(first).toEqual(second);
    expect(first?.filter(([path]) => path?.endsWith('cdk.tf.json')).length).toBe(plan.routers.length);
  });
});

it('example 3 stands on twelve shards', async () => {
  const file = join(EXAMPLES, '03-many-targets/privatelink-router.yaml');
  const { plan } = await preparePlan({ file, frozen: true, write: false });
  const shards = plan.routers.flatMap((router): readonly PlannedShard[] => router.shards);
  expect(shards.length).toBe(12);
  expect(shards.flatMap((shard) => shard.listeners).length).toBe(120);
});

it('example 5 gives the ports that the list positions gave', async () => {
  const file = join(EXAMPLES, '05-router-article/privatelink-router.yaml');
  const { plan } = await preparePlan({ file, frozen: true, write: false });
  const ports = plan.routers.flatMap((router) =>
    router.shards.flatMap((shard) => shard.listeners.map(({ port, backends: [{ target }] }) => [target, port])),
  );
  expect(Object.fromEntries(ports)).toEqual({ mysql: 10000, postgres: 10001, pgbouncer: 10002, 'kafka-1': 10003 });
});

/** The plan of an example that stands as it is, in an environment where it has some. */
async function planned(name: string, env?: string) {
  const file = join(EXAMPLES, name, 'privatelink-router.yaml');
  return (await preparePlan({ file, ...(env !== undefined && { env }), frozen: true, write: false })).plan;
}

it("example 6 keeps the databases' own ports and is forwarded by HAProxy", async () => {
  const [router] = (await planned('06-azure-on-premises')).routers;
  if (router?.cloud !== 'azure') throw new Error('example 6 stands on Azure');
  expect(router.azure.forwarder.engine).toBe('haproxy');
  const reached = router.shards.flatMap((shard) => shard.listeners.map(({ port, backends: [to] }) => [port, to.port]));
  expect(reached).toEqual([
    [443, 443],
    [1433, 1433],
    [1521, 1521],
  ]);
});

it('example 7 has the ports of the samples, an engine each', async () => {
  const { routers } = await planned('07-forwarder-article');
  const samples = routers.map((router) => ({
    engine: router.cloud === 'azure' ? router.azure.forwarder.engine : undefined,
    ports: router.shards.flatMap(({ listeners }) =>
      listeners.map(({ port, backends: [to] }) => `${port} ${to.hosts[0].name}:${to.port}`),
    ),
  }));
  expect(samples).toEqual([
    { engine: 'haproxy', ports: ['80 webserver1.org.example.com:80', '1434 sqlserver1.org.example.com:1433'] },
    { engine: 'nftables', ports: ['2022 10.79.0.90:2222', '8443 api.org.example.com:8443'] },
    { engine: 'nginx', ports: ['80 10.79.0.82:80', '3306 10.79.0.82:3306'] },
  ]);
});

it.each([
  ['pools', [250, 100]],
  ['haports', [350]],
])('example 8 (%s) stands on pools of %j targets', async (env, sizes) => {
  const [router] = (await planned('08-many-shared-domains', env)).routers;
  if (router?.cloud !== 'azure') throw new Error('example 8 stands on Azure');
  const ofPool = (key: string): number =>
    router.shards.filter(({ pool }) => pool === key).reduce((sum, { listeners }) => sum + listeners.length, 0);
  expect(router.pools.map(({ key }) => ofPool(key))).toEqual(sizes);
  expect(new Set(router.shards.flatMap(({ domains }) => domains)).size).toBe(7);
});

it('example 9 stands on both clouds, with an account of Databricks each', async () => {
  const { routers } = await planned('09-two-clouds');
  expect(routers.map(({ cloud }) => cloud).sort()).toEqual(['aws', 'azure']);
  expect(new Set(routers.map(({ databricks }) => databricks.accountId)).size).toBe(2);
  expect(new Set(routers.map(({ databricks }) => databricks.host)).size).toBe(2);
});
