import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { BuiltCommand } from '../cli/harness';
import { describeWith } from '../terraform/support/gate';
import type { SeededVpc } from '../terraform/support/moto';
import { Processes } from '../terraform/support/processes';
import {
  AWS_ACCOUNT,
  DATABRICKS_ACCOUNT,
  REGION,
  startWorld,
  WAITING,
  WORKSPACES,
  type World,
} from '../terraform/support/world';
import { Atlantis } from './support/atlantis';
import { CommentsApi } from './support/comments';
import { GitHub } from './support/github';
import { packInto } from './support/packed';
import { git, Repository } from './support/repository';
import { type Environment, Shell } from './support/shell';
import { SpaceliftStack } from './support/spacelift';

const BUCKET = 'acme-tfstate';
const ROLE = `arn:aws:iam::${AWS_ACCOUNT}:role/network-plan`;
const CLIENT = 'service-principal';
/** What a command of a pipeline may not find already there: each product has to bring it. */
const BROUGHT =
  /^(AWS_ACCESS_KEY_ID|AWS_SECRET_ACCESS_KEY|AWS_REGION|DATABRICKS_|ARM_|CI$|TF_IN_|TF_INPUT|npm_|INIT_CWD|VITEST|NODE_)/;

describeWith(['terraform', 'providers', 'python3', 'moto'], 'pipelines, executed', () => {
  let world: World;
  let vpc: SeededVpc;
  let command: BuiltCommand;
  let tarball = '';
  let npmLock = '';
  let bare: Environment = {};
  const processes = new Processes();
  const comments = new CommentsApi('github-token');

  const shell = (): Shell => new Shell(processes, (line) => world.say(line));
  const credentials = (): Environment =>
    Object.fromEntries(
      Object.entries(world.env).filter(([name]) => name.startsWith('DATABRICKS_') && name !== WAITING),
    );

  /** An inventory of one router; the second database has the port that is given. */
  function inventory(
    router: string,
    workspaces: readonly string[],
    targets: Readonly<Record<string, unknown>>,
  ): string {
    const backend = { bucket: BUCKET, key: '{env}/{router}.tfstate', region: 'us-east-1', use_path_style: true };
    const aws = { accountId: AWS_ACCOUNT, region: REGION, vpcId: vpc.vpcId, subnetIds: vpc.subnetIds };
    return stringify({
      version: 1,
      terraform: { backend: { s3: backend } },
      databricks: { accountId: DATABRICKS_ACCOUNT, host: world.account.url },
      routers: { [router]: { aws, ncc: { name: router, workspaceIds: workspaces.map(Number) }, targets } },
    });
  }

  const ORDERS = { host: '10.40.7.12', port: 5432, domain: 'orders.corp.acme.com' };
  const LEDGER = { host: '10.40.7.13', port: 1521, domain: 'ledger.corp.acme.com' };
  const BILLING = { host: '10.40.7.14', port: 1433, domain: 'billing.corp.acme.com' };

  /** A repository with an inventory of two targets, its pipeline, and on a branch a port that changes and a third target. */
  function repositoryOf(product: string, router: string, workspaces: readonly string[]): Repository {
    const repository = new Repository(world.folder);
    const run = (...args: readonly string[]): void => {
      expect(command.run(repository.work, args)).toMatchObject({ code: 0 });
    };
    repository.write('privatelink-router.prod.yaml', 'tags: { environment: prod }\n');
    repository.write('privatelink-router.yaml', inventory(router, workspaces, { orders: ORDERS, ledger: LEDGER }));
    copyFileSync(tarball, join(repository.work, 'privatelink-router.tgz'));
    // The package is not in a registry: the repository brings it along.
    repository.write('package.json', PACKAGE);
    repository.write('package-lock.json', npmLock);
    repository.write('.gitignore', 'node_modules/\ncdktf.out/\n');
    run('lock', '--env', 'prod');
    run('init', '--pipeline', product);
    repository.push('main', 'The router and its pipeline');
    const changed = { ...LEDGER, listenPort: 15210 };
    repository.write(
      'privatelink-router.yaml',
      inventory(router, workspaces, { orders: ORDERS, ledger: changed, billing: BILLING }),
    );
    run('lock', '--env', 'prod');
    repository.push('change', 'The ledger at its own port, and billing');
    return repository;
  }

  /** What the cloud has of a router, by the ports of its listeners. */
  async function ports(router: string): Promise<readonly number[]> {
    const { loadBalancers } = await world.moto.inventory(REGION);
    return loadBalancers
      .filter(({ name }) => name.includes(router))
      .flatMap(({ listeners }) => Object.keys(listeners).map(Number));
  }

  async function makeBucket(): Promise<void> {
    const signed =
      'AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=0';
    const made = await fetch(`${world.moto.url}/${BUCKET}`, { method: 'PUT', headers: { authorization: signed } });
    if (!made.ok) throw new Error(`the bucket of the states: ${made.status} ${await made.text()}`);
  }

  const PACKAGE = `${JSON.stringify(
    {
      name: 'privatelink-routers',
      private: true,
      dependencies: { 'privatelink-router': 'file:privatelink-router.tgz' },
    },
    null,
    2,
  )}\n`;

  beforeAll(async () => {
    world = await startWorld('pipelines');
    command = new BuiltCommand();
    await comments.start();
    bare = Object.fromEntries(Object.entries(world.env).filter(([name]) => !BROUGHT.test(name)));
    vpc = await world.seedVpc();
    await makeBucket();
    const folder = world.path('packed');
    mkdirSync(folder);
    tarball = packInto(folder, command);
    const seed = world.path('seed');
    mkdirSync(seed);
    copyFileSync(tarball, join(seed, 'privatelink-router.tgz'));
    writeFileSync(join(seed, 'package.json'), PACKAGE);
    const lock = ['install', '--package-lock-only', '--prefer-offline', '--no-audit', '--no-fund', '--silent'];
    await shell().must(['npm', ...lock], seed, bare);
    npmLock = readFileSync(join(seed, 'package-lock.json'), 'utf8');
  });

  afterAll(async () => {
    command?.remove();
    await comments.stop();
    await processes.stop();
    await world?.stop();
  });

  it.concurrent('GitHub: two comments on the pull request, and the merge is applied by the plan that was approved', async () => {
    const repository = repositoryOf('github-actions', 'hub', []);
    const folder = world.path('github');
    mkdirSync(folder);
    const own = shell();
    const github = new GitHub({
      origin: repository.origin,
      repository: 'acme/network',
      folder,
      shell: own,
      env: { ...bare, CI: 'true' },
      apiUrl: comments.url,
      vars: { AWS_ROLE_ARN: ROLE, DATABRICKS_CLIENT_ID: CLIENT },
      // The token of the job and the name of the service principal are what Databricks takes for a password.
      signIn: (env) =>
        env.ACTIONS_ID_TOKEN_REQUEST_TOKEN !== undefined &&
        env.DATABRICKS_AUTH_TYPE === 'github-oidc' &&
        env.DATABRICKS_CLIENT_ID === CLIENT
          ? { ...env, ...credentials() }
          : env,
    });
    const workflow = join(repository.work, '.github/workflows/privatelink-router.yml');

    repository.merge('change', 'refs/pull/7/merge');
    const proposed = await github.run(workflow, { name: 'pull_request', ref: 'refs/pull/7/merge', number: 7 });
    expect(proposed.map(({ job, result, failure }) => ({ job, result, failure }))).toEqual([
      { job: 'synth', result: 'success', failure: undefined },
      { job: 'plan', result: 'success', failure: undefined },
      { job: 'apply', result: 'skipped', failure: undefined },
    ]);
    expect(proposed[0]?.log).toContain('cache miss');
    expect(proposed[1]?.environment).toBe('hub-prod-plan');
    const [portsComment, planComment, ...others] = comments.comments.map(({ body }) => body);
    expect(others).toEqual([]);
    expect(portsComment).toMatch(
      /^<!-- privatelink-router: ports-prod -->\n## Plan of `prod` against `[0-9a-f]{40}`\n/,
    );
    expect(portsComment).toContain('> - `hub/ledger`: listener port 10001 becomes 15210;');
    expect(portsComment).toContain('| + | `hub/billing` | target | `added` | nothing |');
    expect(planComment).toMatch(/^<!-- privatelink-router: terraform-hub-prod -->\n### hub-prod\n/);
    expect(planComment).toContain('aws_lb_listener.s1_listener["billing"] will be created');
    expect(await ports('hub')).toEqual([]);

    git(repository.work, 'checkout', '--quiet', 'main');
    repository.merge('change', 'refs/heads/main');
    const merged = await github.run(workflow, { name: 'push', ref: 'refs/heads/main' });
    expect(merged.map(({ job, result, failure, environment }) => ({ job, result, failure, environment }))).toEqual([
      { job: 'synth', result: 'success', failure: undefined, environment: undefined },
      { job: 'plan', result: 'success', failure: undefined, environment: 'hub-prod-plan' },
      { job: 'apply', result: 'success', failure: undefined, environment: 'hub-prod' },
    ]);
    expect(merged[0]?.log).toContain('cache hit');
    expect(comments.comments).toHaveLength(2);
    expect(own.ran.filter(({ command }) => command.startsWith('npm ci'))).toHaveLength(1);
    expect(await ports('hub')).toEqual([10000, 10002, 15210]);
  });

  it.concurrent('Atlantis: our plan above its own in the comment, and what was planned is applied', async () => {
    const repository = repositoryOf('atlantis', 'titan', [WORKSPACES[0]]);
    const folder = world.path('atlantis');
    mkdirSync(folder);
    const own = shell();
    const config = readFileSync(join(repository.work, 'atlantis/repos.yaml'), 'utf8');
    const server = Object.fromEntries(
      readFileSync(join(repository.work, 'atlantis/server.env'), 'utf8')
        .split('\n')
        .filter((line) => line !== '' && !line.startsWith('#'))
        .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
    );
    expect(server).toMatchObject({
      ATLANTIS_INCLUDE_GIT_UNTRACKED_FILES: 'true',
      ATLANTIS_FAIL_ON_PRE_WORKFLOW_HOOK_ERROR: 'true',
      ATLANTIS_AUTOPLAN_FILE_LIST: expect.stringContaining('**/cdk.tf.json'),
      ATLANTIS_CHECKOUT_STRATEGY: 'merge',
    });
    const atlantis = new Atlantis(
      {
        origin: repository.origin,
        // The one placeholder of the files: this repository has no remote with a host.
        repository: 'github.com/your-organisation/your-repository',
        folder,
        shell: own,
        env: { ...bare, ...credentials(), AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' },
        config,
      },
      { number: 3, branch: 'change' },
    );
    const planned = await atlantis.plan();
    expect(Object.keys(planned)).toEqual(['titan-prod']);
    const comment = planned['titan-prod'] ?? '';
    expect(comment).toMatch(/^! titan\/ledger: listener port 10001 becomes 15210; /m);
    expect(comment.indexOf('! titan/ledger')).toBeLessThan(comment.indexOf('Terraform will perform'));
    expect(comment).toContain('aws_lb_listener.s1_listener["billing"] will be created');

    // Again, as after a further commit: the packages are there already.
    await atlantis.hooks('plan');
    expect(own.ran.filter(({ output }) => output.includes('added ') && output.includes('packages'))).toHaveLength(1);

    const applied = await atlantis.apply(Object.keys(planned));
    expect(applied['titan-prod']).toContain('Apply complete!');
    expect(await ports('titan')).toEqual([10000, 10002, 15210]);
  });

  it.concurrent('Spacelift: the hooks make a stack whose state is Spacelift’s, proposed and tracked', async () => {
    const repository = repositoryOf('spacelift', 'orbit', [WORKSPACES[1]]);
    const folder = world.path('spacelift');
    mkdirSync(folder);
    const stack = new SpaceliftStack({
      origin: repository.origin,
      folder,
      shell: shell(),
      // The cloud integration is the account's, not the file's.
      env: { ...bare, AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' },
      stack: 'orbit-prod',
      signIn: (env) =>
        env.DATABRICKS_AUTH_TYPE === 'file-oidc' &&
        env.DATABRICKS_OIDC_TOKEN_FILEPATH === '/mnt/workspace/spacelift.oidc'
          ? { ...env, ...credentials() }
          : env,
    });
    const proposed = await stack.run('change', 'PROPOSED');
    expect(proposed.initializing).toMatch(/^! orbit\/ledger: listener port 10001 becomes 15210; /m);
    expect(proposed.planning).toContain('aws_lb_listener.s1_listener["billing"] will be created');
    expect(await ports('orbit')).toEqual([]);

    git(repository.work, 'checkout', '--quiet', 'main');
    repository.merge('change', 'refs/heads/main');
    const tracked = await stack.run('main', 'TRACKED');
    expect(tracked.applying).toContain('Apply complete!');
    expect(await ports('orbit')).toEqual([10000, 10002, 15210]);
    const kept = readdirSync(join(folder, 'run-2'));
    expect(kept).toContain('cdk.tf.json');
    expect(kept).not.toContain('node_modules');
  });
});
