import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { ENGINES, type Engine, forwarderFile, TEMPLATE_FILES } from '../../src/forwarder';
import { type ForwarderVariables, type Rendered, render, type TargetVariables, target, variables } from './render';
import { describeWithPrograms, lay, type Program, run, scratchFolder } from './tools';

const SOME: Readonly<Record<string, TargetVariables>> = {
  'orders-db': target(10000, 'orders.corp.example', 5432),
  billing: target(10001, '10.1.2.3', 1433, { idle_timeout: 86400, max_connections: 500 }),
  api: target(10002, 'api.corp.example', 443, {
    check: { protocol: 'HTTPS', path: '/health?a=1&b=%20\'"#\\{$x}', matcher: '200-399,404', port: 8443 },
  }),
  'plain-http': target(10003, '10.1.2.4', 80, { check: { protocol: 'HTTP', path: '/', matcher: '200' } }),
  erp: target(10005, '_erp.corp.example', 1433),
  ready: target(10004, 'localhost.corp.example', 53),
};
/** As many as one pool of a load balancer takes, with names as long as they may be. */
const MANY = Object.fromEntries(
  Array.from({ length: 299 }, (_, i) => [
    `t${i}`.padEnd(63, 'x'),
    target(10000 + i, `host-${i}.${'long-label.'.repeat(8)}corp.example`, 1433),
  ]),
);
const SETS: readonly (readonly [string, Readonly<Record<string, TargetVariables>>, Partial<ForwarderVariables>])[] = [
  ['some targets', SOME, {}],
  ['given name servers', SOME, { resolvers: ['10.0.0.4', '10.0.0.5:5353', 'fd00::1', '[fd00::2]:53'] }],
  ['addresses only', { one: target(1, '10.0.0.1', 1) }, { clients: ['10.0.0.0/28', '10.0.0.0/24', '0.0.0.0/0'] }],
  ['no target', {}, {}],
  ['299 targets', MANY, {}],
];
const KEY = `ssh-ed25519 ${'A'.repeat(68)} somebody@example.com`;
const scratch = scratchFolder();
const ETC = '/etc/privatelink-router';

function rendered(engine: Engine, [name, targets, more]: (typeof SETS)[number]) {
  const made = render(variables(engine, targets, more));
  return { made, at: lay(`${scratch}/${engine} ${name}`.replaceAll(' ', '-'), made.files) };
}

function writtenFiles(made: Rendered): Readonly<Record<string, string>> {
  const document = parse(made.bootstrap) as { write_files: { path: string; content: string; encoding?: 'b64' }[] };
  return Object.fromEntries(
    document.write_files.map(({ path, content, encoding }) => [
      path,
      encoding === undefined ? content : Buffer.from(content, 'base64').toString('utf8'),
    ]),
  );
}

describeWithPrograms(['haproxy', 'unbound-checkconf'], 'haproxy -c and unbound-checkconf', () => {
  it.each(SETS)('take %s', (...set) => {
    const { at } = rendered('haproxy', set);
    expect(run('unbound-checkconf', [at('/etc/unbound/privatelink-router.conf')])).toMatchObject({ status: 0 });
    const { words, status } = run('haproxy', ['-c', '-f', at(`${ETC}/haproxy.cfg`)]);
    // The addresses of a last run are not there yet; nothing else may be said against it.
    expect(words.split('\n').filter((line) => /ALERT|WARNING/.test(line) && !/server state file/.test(line))).toEqual(
      [],
    );
    expect({ status, words: status === 0 ? '' : words }).toEqual({ status: 0, words: '' });
  });
});

describeWithPrograms(['nginx', 'unshare', 'unbound-checkconf'], 'nginx -t and unbound-checkconf', () => {
  it.each(SETS)('take %s', (...set) => {
    const { at } = rendered('nginx', set);
    // It tries its ports and its pid file: in a network and a /run of its own.
    const script = 'mount -t tmpfs tmpfs /run && exec nginx -t -q -c "$0"';
    expect(run('unshare', ['-nm', 'sh', '-c', script, at(`${ETC}/nginx.conf`)]).words).toBe('');
    expect(run('unbound-checkconf', [at('/etc/unbound/privatelink-router.conf')])).toMatchObject({ status: 0 });
  });
});

describeWithPrograms(['nft', 'python3', 'unshare'], 'nft -c', () => {
  it.each(SETS)('takes %s, alone and with its elements', (...set) => {
    const { at } = rendered('nftables', set);
    expect(run('unshare', ['-rn', 'nft', '-c', '-f', at(`${ETC}/nftables.nft`)]).words).toBe('');
    const env = { PLR_CONFIGURATION: at(ETC), PLR_STATE: `${scratch}/none.json` };
    expect(run('unshare', ['-rn', 'python3', '-B', at(`${ETC}/refresh.py`), '--check'], { env }).words).toBe('');
  });

  it('is asked by the check, which says its words', () => {
    const { made, at } = rendered('nftables', ['broken', SOME, {}]);
    const table = made.files[`${ETC}/nftables.nft`] ?? '';
    lay(`${scratch}/nftables-broken`, { [`${ETC}/nftables.nft`]: table.replace('policy drop', 'policy maybe') });
    const env = { PLR_CONFIGURATION: at(ETC), PLR_STATE: `${scratch}/none.json` };
    const { status, words } = run('unshare', ['-rn', 'python3', '-B', at(`${ETC}/refresh.py`), '--check'], { env });
    expect(status).toBe(1);
    expect(words).toContain('policy maybe');
  });
});

describeWithPrograms(['shellcheck', 'dash'], 'shellcheck and dash', () => {
  it.each(Object.keys(ENGINES) as Engine[])('find nothing in the scripts of %s', (engine) => {
    const { made } = rendered(engine, ['shell', SOME, {}]);
    const mirror = render(
      variables(engine, SOME, { egress: 'mirror', mirror: 'http://apt.corp.example/ubuntu', ssh_key: KEY }),
    );
    const scripts = Object.entries({ ...made.files, ...writtenFiles(made), '/apply.sh': made.apply })
      .concat(Object.entries(writtenFiles(mirror)).map(([path, text]) => [`/mirror${path}`, text]))
      .filter(([, text]) => text.startsWith('#!/bin/sh\n'));
    expect(scripts.length).toBeGreaterThan(5);
    const at = lay(`${scratch}/shell-${engine}`, Object.fromEntries(scripts));
    for (const [path] of scripts) {
      expect(run('shellcheck', ['-s', 'sh', at(path)]).words).toBe('');
      expect(run('dash', ['-n', at(path)]).words).toBe('');
    }
  });
});

describeWithPrograms(['python3'], 'python', () => {
  it('compiles every program, with the oldest grammar that it may meet', () => {
    const made = render(variables('nftables', SOME));
    const programs = TEMPLATE_FILES.filter((name) => name.endsWith('.py')).map((name) =>
      readFileSync(forwarderFile(name), 'utf8'),
    );
    const health = Object.entries(writtenFiles(made)).filter(([path]) => path.endsWith('.py'));
    expect(health.map(([path]) => path)).toContain(`${ETC}/health.py`);
    const compile = 'import ast, sys; ast.parse(sys.argv[1], feature_version=(3, 8))';
    for (const text of [...programs, ...health.map(([, content]) => content)]) {
      expect(run('python3', ['-c', compile, text]).words).toBe('');
    }
  });
});

describeWithPrograms(['cloud-init'], 'cloud-init schema', () => {
  it.each([
    ['haproxy', { egress: 'nat' }],
    ['nginx', { egress: 'mirror', mirror: 'https://apt.corp.example:8443/debian/', ssh_key: KEY }],
    ['haproxy', { egress: 'image' }],
    ['nftables', { egress: 'none' }],
  ] as const)('takes the bootstrap of %s with %o', (engine, more) => {
    const { bootstrap } = render(variables(engine, SOME, more));
    const at = lay(`${scratch}/cloud-init`, { '/bootstrap.yaml': bootstrap });
    expect(run('cloud-init', ['schema', '--config-file', at('/bootstrap.yaml')])).toMatchObject({ status: 0 });
    expect(bootstrap.startsWith('#cloud-config\n')).toBe(true);
    const keys = Object.keys(parse(bootstrap) as object).sort();
    expect(keys).toEqual(['disable_root', 'package_update', 'package_upgrade', 'runcmd', 'ssh_pwauth', 'write_files']);
  });
});

// What a unit starts has to be on the machine too: the checker looks for it.
const STARTED = { haproxy: 'haproxy', nginx: 'nginx', nftables: 'nft' } as const satisfies Record<Engine, Program>;

describe.each(Object.keys(ENGINES) as Engine[])('the units of %s', (engine) => {
  describeWithPrograms(['systemd-analyze', STARTED[engine]], 'systemd-analyze verify', () => {
    it('has nothing to say', () => {
      const made = render(variables(engine, SOME));
      const units = Object.entries({ ...made.files, ...writtenFiles(made) }).filter(([path]) =>
        /^\/etc\/systemd\/system\/.+\.(service|path)$/.test(path),
      );
      expect(units.length).toBeGreaterThanOrEqual(ENGINES[engine].units.length + 3);
      const at = lay(`${scratch}/units-${engine}`, Object.fromEntries(units));
      // It ends with 0 whatever it finds: every word is a fault.
      const { words } = run('systemd-analyze', ['verify', '--man=no', ...units.map(([path]) => at(path))]);
      const ours = words.split('\n').filter((line) => line.includes('privatelink-router'));
      expect(ours).toEqual([]);
    });
  });
});

describeWithPrograms([], 'sizes', () => {
  it.each(Object.keys(ENGINES) as Engine[])('of %s stay below the limits with 299 targets', (engine) => {
    const made = render(variables(engine, MANY));
    // Custom data holds 64 KB (Azure VM custom data), a script of the extension 256 KB (Custom Script Extension v2), both as base64.
    expect(Math.ceil(made.bootstrap.length / 3) * 4).toBeLessThan(64 * 1024);
    expect(Math.ceil(made.apply.length / 3) * 4).toBeLessThan(256 * 1024);
  });

  it('the same targets in another order give the same text', () => {
    const turned = Object.fromEntries(Object.entries(SOME).reverse());
    expect(render(variables('haproxy', turned))).toEqual(render(variables('haproxy', SOME)));
  });
});
