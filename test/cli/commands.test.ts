import { execFileSync } from 'node:child_process';
import { chmodSync, copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BuiltCommand, inventoryText, Scratch, THREE } from './harness';

const FILE = 'privatelink-router.yaml';
const LOCK = 'privatelink-router.lock.json';
const scratch = new Scratch();
let command: BuiltCommand;

beforeAll(() => {
  command = new BuiltCommand();
});
afterAll(() => {
  command?.remove();
  scratch.remove();
});

/** A folder with an inventory of these targets. */
function folderWith(targets: Readonly<Record<string, string>>, routerKeys: readonly string[] = []): string {
  return scratch.folder({ [FILE]: inventoryText(targets, routerKeys) });
}

/** A folder whose lock is up to date. */
function lockedFolder(targets: Readonly<Record<string, string>> = THREE): string {
  const folder = folderWith(targets);
  expect(command.run(folder, ['lock'])).toMatchObject({ code: 0, stderr: '' });
  return folder;
}

function read(folder: string, name = LOCK): string {
  return readFileSync(join(folder, name), 'utf8');
}

function json(text: string): Record<string, unknown> {
  return JSON.parse(text);
}

const BROKEN = { ...THREE, broken: 'db.corp.acme.com:99999' };

describe('check', () => {
  it('says that all is fine, and what lock would change, and writes nothing', () => {
    const folder = folderWith(THREE);
    const { code, stdout, stderr } = command.run(folder, ['check']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('fine');
    expect(stdout).toContain('3 listeners on 1 shard');
    expect(stdout).toContain(`would change ${LOCK}: 3 added`);
    expect(readdirSync(folder)).toEqual([FILE]);
  });

  it('prints every finding to standard error with its place, line and fix, and exits with 1', () => {
    const folder = folderWith({ ...BROKEN, twice: 'db.corp.acme.com:0' });
    const { code, stdout, stderr } = command.run(folder, ['check']);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(new RegExp(`^error PLR1\\d{3} ${FILE}:16:\\d+ routers\\.analytics\\.targets\\.broken`, 'm'));
    expect(stderr).toMatch(new RegExp(`^error PLR1\\d{3} ${FILE}:17:\\d+ routers\\.analytics\\.targets\\.twice`, 'm'));
    expect(stderr).toContain('16 |       broken: db.corp.acme.com:99999');
    expect(stderr.match(/ {2}fix: /g)?.length).toBe(2);
    expect(stderr).toMatch(/\n2 errors\n$/);
    expect(stderr).not.toMatch(/^ +at /m);
  });

  it('gives one JSON document with the diagnostics of the contract', () => {
    const { code, stdout } = command.run(folderWith(BROKEN), ['check', '--format', 'json']);
    expect(code).toBe(1);
    const { version, diagnostics } = json(stdout);
    expect(version).toBe(1);
    expect(diagnostics).toEqual([
      {
        code: expect.stringMatching(/^PLR1\d{3}$/),
        severity: 'error',
        message: expect.stringContaining('99999'),
        file: FILE,
        line: 16,
        column: expect.any(Number),
        path: expect.stringContaining('routers.analytics.targets.broken'),
        fix: expect.any(String),
      },
    ]);
  });

  it('finds the inventory of a broken router and the trouble of another router at once', () => {
    const folder = scratch.folder({
      [FILE]: `${inventoryText(BROKEN)}${inventoryText({ a: 'x.acme.com:1' })
        .split('\n')
        .slice(4)
        .join('\n')
        .replaceAll('analytics', 'second')}`,
      [LOCK]: JSON.stringify({
        version: 1,
        routers: { forgotten: { cloud: 'aws', shards: {}, targets: {}, retired: [] } },
      }),
    });
    const { stderr } = command.run(folder, ['check']);
    expect(stderr).toContain('routers.analytics.targets.broken');
    expect(stderr).toContain('forgotten');
  });

  it('names a missing inventory, and a missing overlay', () => {
    const empty = command.run(scratch.folder(), ['check']);
    expect(empty.code).toBe(1);
    expect(empty.stderr).toContain(FILE);
    const overlay = command.run(folderWith(THREE), ['check', '--env', 'prod']);
    expect(overlay.code).toBe(1);
    expect(overlay.stderr).toContain('privatelink-router.prod.yaml');
    const outside = command.run(folderWith(THREE), ['lock', '--env', '../../etc']);
    expect(outside).toMatchObject({ code: 1, stdout: '' });
    expect(outside.stderr).toContain('cannot name an environment');
  });

  it('reads files with odd names, and one that is called like a command', () => {
    const text = inventoryText(THREE);
    const odd = ["it's $(odd) `name`.yaml", '-dash.yaml', 'check', 'sub dir/ünïcode.yml'];
    const folder = scratch.folder(Object.fromEntries(odd.map((name) => [name, text])));
    for (const name of odd) {
      expect(command.run(folder, ['check', '--', name])).toMatchObject({ code: 0, stderr: '' });
    }
    expect(command.run(folder, ['lock', '--', "it's $(odd) `name`.yaml"]).code).toBe(0);
    expect(readdirSync(folder)).toContain("it's $(odd) `name`.lock.json");
  });

  it('looks at names as seen from here with --resolve, which gives warnings only', () => {
    const folder = folderWith(THREE, ['dns: synth', 'resolvers: ["127.0.0.1:1"]']);
    const { code, stdout, stderr } = command.run(folder, ['check', '--resolve']);
    expect(code).toBe(0);
    expect(stderr).toMatch(/warning PLR4\d{3}/);
    expect(stdout).toContain('orders.corp.acme.com');
    expect(stdout).toContain('3 hosts looked up from here, 3 without a usable address');
  });
});

describe('plan', () => {
  it('shows the table and the changes, and writes nothing', () => {
    const folder = folderWith(THREE);
    const { code, stdout } = command.run(folder, ['plan']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/\+ +10000 +orders-db +orders\.corp\.acme\.com:5432 +as host +added/);
    expect(stdout).toMatch(
      /^Plan: 3 targets are added, 2 changes that clients do not notice; 3 listeners on 1 shard$/m,
    );
    expect(readdirSync(folder)).toEqual([FILE]);
  });

  it('gives the document of the contract', () => {
    const folder = lockedFolder();
    writeFileSync(join(folder, FILE), inventoryText({ ledger: THREE.ledger, new: 'new.corp.acme.com:5432' }));
    const document = json(command.run(folder, ['plan', '--format', 'json']).stdout);
    expect(Object.keys(document)).toEqual(['version', 'routers', 'compared', 'changes', 'diagnostics']);
    expect(document).toMatchObject({
      version: 2,
      compared: 'locks',
      routers: {
        analytics: {
          cloud: 'aws',
          region: 'us-east-2',
          ncc: 'analytics',
          shards: [
            {
              name: 'analytics-1',
              domains: ['ledger.corp.acme.com', 'new.corp.acme.com'],
              listeners: [
                {
                  port: 10002,
                  route: 'tcp',
                  backends: [
                    {
                      target: 'ledger',
                      hosts: ['ledger.corp.acme.com'],
                      port: 1521,
                      domains: ['ledger.corp.acme.com'],
                      path: null,
                    },
                  ],
                },
                { port: 10003, backends: [{ target: 'new' }] },
              ],
            },
          ],
          retired: [
            { target: 'orders-db', listenerPort: 10000 },
            { target: 'billing-sql', listenerPort: 10001 },
          ],
        },
      },
      changes: [
        { router: 'analytics', target: 'billing-sql', change: 'removed', clients: 'lose access' },
        { router: 'analytics', target: 'orders-db', change: 'removed', clients: 'lose access' },
        { router: 'analytics', target: 'new', change: 'added', clients: 'nothing', from: {} },
      ],
    });
  });

  it('has the same keys where there are errors', () => {
    const { code, stdout } = command.run(folderWith(BROKEN), ['plan', '--format', 'json']);
    expect(code).toBe(1);
    expect(json(stdout)).toMatchObject({
      version: 2,
      routers: {},
      compared: 'nothing',
      changes: [],
      diagnostics: [{ severity: 'error' }],
    });
  });

  it('compares with another lock file', () => {
    const folder = lockedFolder();
    writeFileSync(join(folder, 'old.json'), '{ "version": 1, "routers": {} }');
    expect(command.run(folder, ['plan']).stdout).toContain('No changes: 3 targets');
    expect(command.run(folder, ['plan', '--against', 'old.json']).stdout).toContain('Plan: 3 targets are added');
    writeFileSync(join(folder, 'old.json'), '{');
    const broken = command.run(folder, ['plan', '--against', 'old.json', '--format', 'json']);
    expect(broken.code).toBe(1);
    expect(json(broken.stdout)).toMatchObject({ changes: [], diagnostics: [{ code: 'PLR3002', file: 'old.json' }] });
  });

  describe('against a commit', () => {
    let folder: string;
    const git = (...args: string[]) =>
      execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.com', ...args], { cwd: folder });
    beforeAll(() => {
      folder = scratch.folder({ [`net/${FILE}`]: inventoryText(THREE) });
      git('init', '-q', '-b', 'main');
      git('commit', '-q', '--allow-empty', '-m', 'before');
      expect(command.run(join(folder, 'net'), ['lock']).code).toBe(0);
      git('add', '.');
      git('commit', '-q', '-m', 'base');
      writeFileSync(join(folder, 'net', FILE), inventoryText({ ...THREE, fourth: 'd.corp.acme.com:5432' }));
      expect(command.run(join(folder, 'net'), ['lock']).code).toBe(0);
      mkdirSync(join(folder, 'net', 'main'));
    });

    it('shows what changed since, from any folder, also where a folder has the name of the branch', () => {
      const within = command.run(join(folder, 'net'), ['plan', '--against', 'main']);
      expect(within).toMatchObject({ code: 0, stderr: '' });
      expect(within.stdout).toContain('Plan: 1 target is added; 4 listeners on 1 shard');
      const above = command.run(folder, ['plan', `net/${FILE}`, '--against', 'HEAD']);
      expect(above.stdout).toContain('Plan: 1 target is added; 4 listeners on 1 shard');
    });

    it('writes a comment for a pull request, also where the lock is stale or the inventory broken', () => {
      const markdown = ['plan', '--against', 'main', '--format', 'markdown'];
      const text = command.run(join(folder, 'net'), [...markdown, '--frozen']);
      expect(text).toMatchObject({ code: 0, stderr: '' });
      expect(text.stdout).toMatch(
        /^## Plan against `main`\n\n\*\*Plan: 1 target is added; 4 listeners on 1 shard\.\*\*\n/,
      );
      expect(text.stdout).toContain('| + | `analytics/fourth` | target | `added` | nothing |');
      const moved = scratch.folder({ [FILE]: inventoryText({ ...THREE, gone: 'g.corp.acme.com:1' }) });
      expect(command.run(moved, ['lock']).code).toBe(0);
      copyFileSync(join(moved, LOCK), join(moved, 'base.json'));
      writeFileSync(join(moved, FILE), inventoryText(THREE));
      const against = ['plan', '--against', 'base.json'];
      const stale = command.run(moved, [...against, '--format', 'markdown', '--frozen']);
      expect(stale.code).toBe(1);
      expect(stale.stdout).toContain('- PLR9001');
      expect(stale.stdout).toContain('**1 error, do not merge this as it is. Plan: 1 target loses its port');
      expect(command.run(moved, ['lock']).code).toBe(0);
      expect(command.run(moved, [...against, '--format', 'markdown']).stdout).toMatch(
        /^> - `analytics\/gone`: gone; clients that dial port 1000\d are refused$/m,
      );
      expect(command.run(moved, against).stdout).toContain('\n! analytics/gone: gone;');
      const broken = command.run(folderWith(BROKEN), ['plan', '--format', 'markdown']);
      expect(broken.code).toBe(1);
      expect(broken.stdout).toContain('**1 error: nothing can be planned until it is fixed.**');
    });

    it('shows one router alone, and refuses one that is not there', () => {
      const two = `${inventoryText(THREE)}${inventoryText({ x: 'x.corp.acme.com:1' }).split('\n').slice(4).join('\n').replaceAll('analytics', 'second').replace('[123', '[923')}`;
      const both = scratch.folder({ [FILE]: two });
      const { stdout, stderr } = command.run(both, ['plan', '--router', 'second']);
      expect(stderr).toBe('');
      expect(stdout).toContain('Plan: 1 target is added, 2 changes that clients do not notice; 1 listener on 1 shard');
      expect(stdout).not.toContain('orders-db');
      const typo = command.run(both, ['plan', '--router', 'secnod']);
      expect(typo.stderr).toContain('the routers here are analytics, second. Did you mean "second"?');
      expect(command.run(both, ['plan', '--router', 'third'])).toMatchObject({
        code: 2,
        stdout: '',
        stderr: 'error: --router third: there is no such router; the routers here are analytics, second.\n',
      });
    });

    it('is loud about a target that is disabled, which no lock shows', () => {
      const before = readFileSync(join(folder, 'net', FILE), 'utf8');
      const ledger = `{ host: ledger.corp.acme.com, port: 1521, enabled: false }`;
      writeFileSync(join(folder, 'net', FILE), inventoryText({ ...THREE, ledger, fourth: 'd.corp.acme.com:5432' }));
      const { stdout } = command.run(join(folder, 'net'), ['plan', '--against', 'main', '--format', 'markdown']);
      expect(stdout).toMatch(
        /^> - `analytics\/ledger`: disabled; clients that dial port 1000\d are refused, and the port is kept$/m,
      );
      const since = command.run(join(folder, 'net'), ['plan', '--against', 'main~1', '--format', 'markdown']);
      expect(since.stdout).not.toContain('disabled;');
      writeFileSync(join(folder, 'net', FILE), before);
    });

    it('takes a commit that had no lock yet for an empty one', () => {
      expect(command.run(join(folder, 'net'), ['plan', '--against', 'main~1']).stdout).toContain(
        'Plan: 4 targets are added',
      );
    });

    it.each(['nonsense', '--output=/tmp/x', '$(touch pwned)', 'HEAD; touch pwned', ''])(
      'refuses %j with 2',
      (value) => {
        const { code, stderr, stdout } = command.run(join(folder, 'net'), ['plan', `--against=${value}`]);
        expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
        expect(stderr).toMatch(/^error: --against/);
        expect(readdirSync(join(folder, 'net'))).not.toContain('pwned');
      },
    );
  });
});

describe('lock', () => {
  it('writes the lock once, and leaves it alone where nothing changes', () => {
    const folder = lockedFolder();
    const before = read(folder);
    const again = command.run(folder, ['lock']);
    expect(again).toMatchObject({ code: 0, stdout: `${LOCK} is up to date\n` });
    expect(read(folder)).toBe(before);
    writeFileSync(join(folder, FILE), inventoryText({ ...THREE, fourth: 'd.corp.acme.com:5432' }));
    const { stdout } = command.run(folder, ['lock']);
    expect(stdout).toContain('+ analytics/fourth added');
    expect(stdout).toContain(`wrote ${LOCK}: 1 added`);
    expect(read(folder)).toContain('"fourth"');
  });

  it('gives a document', () => {
    const folder = folderWith(THREE);
    expect(json(command.run(folder, ['lock', '--format=json']).stdout)).toMatchObject({
      version: 1,
      lock: LOCK,
      written: true,
      changes: [{ change: 'added' }, { change: 'added' }, { change: 'added' }],
      diagnostics: [],
    });
  });

  it('writes nothing where anything is an error', () => {
    const folder = lockedFolder();
    const before = read(folder);
    writeFileSync(join(folder, FILE), inventoryText({ ...BROKEN, fourth: 'd.corp.acme.com:5432' }));
    expect(command.run(folder, ['lock'])).toMatchObject({ code: 1, stdout: '' });
    expect(command.run(folder, ['synth'])).toMatchObject({ code: 1, stdout: '' });
    expect(read(folder)).toBe(before);
    expect(readdirSync(folder).sort()).toEqual([LOCK, FILE].sort());
  });

  it('reports names that cannot be resolved, all of them, and writes nothing', () => {
    const folder = folderWith(THREE, ['dns: synth', 'resolvers: ["127.0.0.1:1"]']);
    const { code, stderr } = command.run(folder, ['lock']);
    expect(code).toBe(1);
    for (const host of ['orders.corp.acme.com', 'sql01.corp.acme.com', 'ledger.corp.acme.com']) {
      expect(stderr).toContain(host);
    }
    expect(readdirSync(folder)).toEqual([FILE]);
  });

  it('says which lines of a merge conflict to settle', () => {
    const folder = lockedFolder();
    const lines = read(folder).split('\n');
    const at = lines.findIndex((line) => line.includes('"orders-db"'));
    lines.splice(at, 0, '<<<<<<< HEAD');
    lines.splice(at + 2, 0, '=======', '>>>>>>> theirs');
    writeFileSync(join(folder, LOCK), lines.join('\n'));
    for (const args of [['check'], ['plan'], ['lock'], ['synth']]) {
      const { code, stderr } = command.run(folder, args);
      expect(code).toBe(1);
      expect(stderr).toContain(`error PLR3001 ${LOCK}:${at + 1}`);
    }
    expect(read(folder)).toBe(lines.join('\n'));
  });

  it('frees a retired port, and moves a target to another shard', () => {
    const folder = lockedFolder();
    writeFileSync(join(folder, FILE), inventoryText({ 'orders-db': THREE['orders-db'], ledger: THREE.ledger }));
    expect(command.run(folder, ['lock']).code).toBe(0);
    expect(read(folder)).toMatch(/"retired": \[\n.*10001/);
    const unknown = command.run(folder, ['lock', 'release', 'analytics', '10009']);
    expect(unknown.code).toBe(1);
    expect(unknown.stderr).toContain('10009');
    const elsewhere = command.run(folder, ['lock', 'release', 'analytics', '10001', '--shard', 's2']);
    expect(elsewhere).toMatchObject({ code: 1 });
    expect(elsewhere.stderr).toContain('not retired on shard s2; it is on s1');
    expect(command.run(folder, ['lock', 'release', 'analytics', '10001', '--shard', 's1']).code).toBe(0);
    expect(read(folder)).not.toContain('10001');
    const moved = command.run(folder, ['lock', 'move', 'analytics', 'ledger', '--shard', 's2', '--format', 'json']);
    expect(moved.stderr).toBe('');
    expect(json(moved.stdout)).toMatchObject({
      changes: [{ target: 'ledger', change: 'moved', from: { shard: 's1' }, to: { shard: 's2' } }],
    });
  });

  it('keeps an environment to its own lock, also below release', () => {
    const folder = scratch.folder({
      [FILE]: inventoryText(THREE),
      'privatelink-router.prod.yaml': 'routers: { analytics: { targets: { ledger: null } } }\n',
    });
    expect(command.run(folder, ['lock', '--env', 'prod'])).toMatchObject({ code: 0, stderr: '' });
    expect(readdirSync(folder)).not.toContain(LOCK);
    expect(read(folder, 'privatelink-router.prod.lock.json')).not.toContain('ledger');
    const without = 'routers: { analytics: { targets: { ledger: null, orders-db: null } } }\n';
    writeFileSync(join(folder, 'privatelink-router.prod.yaml'), without);
    expect(command.run(folder, ['lock', '--env', 'prod']).code).toBe(0);
    const release = command.run(folder, ['lock', 'release', 'analytics', '10000', '--env', 'prod']);
    expect(release.code).toBe(0);
    expect(read(folder, 'privatelink-router.prod.lock.json')).toContain('"retired": []');
    expect(readdirSync(folder)).not.toContain(LOCK);
  });

  it('says it where the lock cannot be written', () => {
    if (process.getuid?.() === 0) {
      const folder = folderWith(THREE);
      mkdirSync(join(folder, LOCK));
      const { code, stderr } = command.run(folder, ['lock']);
      expect(code).toBe(1);
      expect(stderr).toMatch(/error PLR301[23]/);
      return;
    }
    const folder = folderWith(THREE);
    chmodSync(folder, 0o500);
    const { code, stderr } = command.run(folder, ['lock']);
    chmodSync(folder, 0o700);
    expect(code).toBe(1);
    expect(stderr).toContain('error PLR3013');
  });
});

describe('frozen runs', () => {
  const commands = [['check'], ['plan'], ['lock'], ['synth']];

  it.each(commands)('%s refuses a lock that would change where CI is set, and writes nothing', (name) => {
    const folder = folderWith(THREE);
    const { code, stdout, stderr } = command.run(folder, [name], { CI: 'true' });
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain('error PLR9001');
    expect(stderr).toContain('analytics/orders-db (added)');
    expect(stderr).toContain('privatelink-router lock');
    expect(readdirSync(folder)).toEqual([FILE]);
  });

  it.each([
    [{ CI: 'false' }, [], 0],
    [{ CI: '0' }, [], 0],
    [{ CI: 'No' }, [], 0],
    [{ CI: 'off' }, [], 0],
    [{ CI: '' }, [], 0],
    [{}, [], 0],
    [{ CI: '1' }, [], 1],
    [{ CI: 'true' }, ['--no-frozen'], 0],
    [{}, ['--frozen'], 1],
    [{ CI: 'false' }, ['--frozen'], 1],
  ] as const)('with %j and %j the exit code is %i', (env, args, expected) => {
    expect(command.run(folderWith(THREE), ['lock', ...args], env).code).toBe(expected);
  });

  it('pass where the lock is up to date, and in JSON say what would change where it is not', () => {
    const folder = lockedFolder();
    expect(command.run(folder, ['lock'], { CI: 'true' })).toMatchObject({ code: 0, stderr: '' });
    writeFileSync(join(folder, FILE), inventoryText({ ...THREE, fourth: 'd.corp.acme.com:5432' }));
    const { code, stdout } = command.run(folder, ['plan', '--format', 'json'], { CI: 'true' });
    expect(code).toBe(1);
    expect(json(stdout)).toMatchObject({
      changes: [{ target: 'fourth', change: 'added' }],
      diagnostics: [{ code: 'PLR9001', file: LOCK }],
    });
  });

  it('never ask a name server', () => {
    const folder = folderWith(THREE, ['dns: synth', 'resolvers: ["127.0.0.1:1"]']);
    const { stderr } = command.run(folder, ['lock'], { CI: 'true' });
    expect(stderr).not.toContain('PLR4');
    expect(command.run(folder, ['lock', '--refresh'], { CI: 'true' }).code).toBe(2);
  });
});

describe('synth', () => {
  it('writes lock and Terraform and says what to run next', () => {
    const folder = folderWith(THREE);
    const { code, stdout, stderr } = command.run(folder, ['synth']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain(`wrote ${LOCK}`);
    expect(stdout).toContain('cdktf.out/stacks/analytics');
    expect(stdout).toContain('export DATABRICKS_TF_ENABLED_PF_RESOURCES=databricks_mws_ncc_private_endpoint_rule');
    expect(stdout).toContain('terraform init');
    expect(json(readFileSync(join(folder, 'cdktf.out/stacks/analytics/cdk.tf.json'), 'utf8'))).toHaveProperty(
      'resource',
    );
  });

  it('writes the same bytes again, frozen too, and to another folder', () => {
    const folder = folderWith(THREE);
    expect(command.run(folder, ['synth']).code).toBe(0);
    const { code, stdout } = command.run(folder, ['synth', '--out', 'else where', '--format', 'json'], { CI: 'true' });
    expect(code).toBe(0);
    expect(json(stdout)).toMatchObject({
      written: false,
      changes: [],
      stacks: [{ router: 'analytics', folder: 'else where/stacks/analytics' }],
      connections: [{ target: 'orders-db', listenerPort: 10000 }, {}, {}],
    });
    const stack = 'stacks/analytics/cdk.tf.json';
    expect(read(folder, `else where/${stack}`)).toBe(read(folder, `cdktf.out/${stack}`));
  });

  it('says it where the folder cannot be made', () => {
    const folder = scratch.folder({ [FILE]: inventoryText(THREE), 'cdktf.out': 'a file' });
    const { code, stderr } = command.run(folder, ['synth']);
    expect(code).toBe(1);
    expect(stderr).toContain('error PLR9002 cdktf.out');
    expect(stderr).not.toContain('defect');
  });
});

describe('init', () => {
  it.each([
    { cloud: 'aws', options: [] },
    { cloud: 'azure', options: ['--cloud', 'azure'] },
  ])(
    'writes a starter for $cloud that check, plan and synth take as it is, and never overwrites',
    ({ cloud, options }) => {
      const folder = scratch.folder();
      const first = command.run(folder, ['init', ...options]);
      expect(first).toMatchObject({ code: 0, stderr: '' });
      expect(first.stdout).toContain('privatelink-router check');
      const text = read(folder, FILE);
      expect(text).toMatch(new RegExp(`^ {4}${cloud}:$`, 'm'));
      const schema = /^# yaml-language-server: \$schema=(.+)$/m.exec(text)?.[1] ?? '';
      expect(existsSync(join(folder, schema))).toBe(true);
      for (const name of ['check', 'plan', 'synth']) {
        expect(command.run(folder, [name])).toMatchObject({ code: 0, stderr: '' });
      }
      const again = command.run(folder, ['init', ...options]);
      expect(again.code).toBe(1);
      expect(again.stderr).toContain(`error PLR9003 ${FILE}`);
      expect(read(folder, FILE)).toBe(text);
      const other = join('network', 'other.yaml');
      expect(command.run(folder, ['init', other]).stdout).toContain(`privatelink-router check ${other}`);
      expect(command.run(folder, ['check', other])).toMatchObject({ code: 0, stderr: '' });
    },
  );

  it('writes an Azure starter whose alternative in the comments stands as well', () => {
    const folder = scratch.folder();
    command.run(folder, ['init', '--cloud', 'azure']);
    const text = read(folder, FILE)
      .replace(/^ +(subnetId|natSubnetId): .*\n/gm, '')
      .replace(/# (?=subscriptionId: |network: |resolvers: |terraform:| {2}backend:| {4}azurerm:)/g, '');
    expect(text).toMatch(/^ {6}network: /m);
    expect(text).toMatch(/^terraform:\n {2}backend:\n {4}azurerm: /m);
    writeFileSync(join(folder, FILE), text);
    for (const name of ['check', 'plan', 'synth']) {
      expect(command.run(folder, [name])).toMatchObject({ code: 0, stderr: '' });
    }
  });

  it('knows two clouds', () => {
    const wrong = command.run(scratch.folder(), ['init', '--cloud', 'gcp']);
    expect(wrong).toMatchObject({ code: 2 });
    expect(wrong.stderr).toContain('aws, azure');
  });
});
