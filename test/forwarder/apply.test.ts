import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { FORWARDER_PORTS } from '../../src/forwarder';
import { type Rendered, render, target, variables } from './render';
import { runInSandbox } from './sandbox/run';
import { describeWithPrograms } from './tools';

const ONE = { db: target(10000, '10.1.2.3', 5432) };
const TWO = { ...ONE, more: target(10001, '10.1.2.4', 5432) };
/** haproxy -c has nothing against the port, but the sandbox's engine never opens it. */
const DEAF = { ...ONE, deaf: target(666, '10.1.2.4', 5432) };

function made(targets: typeof ONE): Rendered {
  return render(variables('haproxy', targets));
}

function revisionOf({ apply }: Rendered): string {
  return /^revision='([0-9a-f]{64})'$/m.exec(apply)?.[1] ?? '';
}

/** Gives up on an engine after two seconds. */
function hasty(script: string): string {
  return script.replace(/^engine_within=\d+$/m, 'engine_within=2');
}

/** Gives up on what it waits for before it begins, after two seconds: a machine that is busy may need longer for its work. */
function impatient(script: string): string {
  return script.replace(/^begun_within=\d+$/m, 'begun_within=2');
}

/** The bootstrap has ended, as far as the script can see. */
const READY = 'mkdir -p /var/lib/privatelink-router; echo done >/var/lib/privatelink-router/bootstrap\n';

describeWithPrograms(['unshare', 'haproxy', 'unbound-checkconf', 'python3', 'dash'], 'the apply script', () => {
  const folders: string[] = [];
  const machine = () => {
    const folder = mkdtempSync(join(tmpdir(), 'plr-sandbox-'));
    mkdirSync(join(folder, 'etc'));
    folders.push(folder);
    return {
      run: (scripts: Readonly<Record<string, string>>, scenario: string) => runInSandbox(folder, scripts, scenario),
      configuration: () => {
        const path = join(folder, 'etc/privatelink-router/haproxy.cfg');
        return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
      },
      kept: (name: string) => {
        const path = join(folder, 'lib/privatelink-router', name);
        return existsSync(path) ? readFileSync(path, 'utf8').trim() : undefined;
      },
    };
  };
  afterEach(() => {
    for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
  });

  it('brings a new machine to its revision, and does nothing the second time', () => {
    const { run, configuration, kept } = machine();
    const one = made(ONE);
    const calls = 'cat /run/sandbox/calls; : >/run/sandbox/calls; ';
    const done = run(
      { one: one.apply },
      `${READY}dash /srv/one; echo "=$?"; ${calls} dash /srv/one; echo "=$?"; ${calls}`,
    );
    const [first, second] = done.stdout.split(/^=0\n/m).map((text) => text.trim());
    const short = revisionOf(one).slice(0, 12);
    expect(first).toBe(`privatelink-router: revision ${short} runs (haproxy, 1 ports)`);
    expect(second).toMatch(/start privatelink-router-haproxy\.service/);
    expect(second).toMatch(`privatelink-router: revision ${short} runs already (haproxy)`);
    // What the second run asked systemd for.
    expect(done.stdout.split(/^=0\n/m)[2]?.trim()).toBe('');
    expect(configuration()).toContain(`ready ${revisionOf(one)}`);
    expect(kept('revision')).toBe(revisionOf(one));
    expect(kept('engine')).toBe('haproxy');
  });

  it('reloads for another revision, and starts what runs no more though the revision is the same', () => {
    const { run, configuration } = machine();
    const [one, two] = [made(ONE), made(TWO)];
    const crash = 'systemctl stop privatelink-router-haproxy.service; : >/run/sandbox/calls';
    const done = run(
      { one: one.apply, two: two.apply },
      `${READY}dash /srv/one && : >/run/sandbox/calls && dash /srv/two && cat /run/sandbox/calls
       ${crash}; dash /srv/two; cat /run/sandbox/calls; cat /proc/net/tcp | grep -c ' 0A '`,
    );
    expect(done.stderr).toBe('');
    const [reloaded = '', started = ''] = done.stdout.split(/(?<=runs \(haproxy, 2 ports\)\n)/).slice(1);
    expect(reloaded).toContain('\nreload privatelink-router-haproxy.service\n');
    expect(reloaded).not.toContain('restart privatelink-router-haproxy');
    expect(started).toContain('\nstart privatelink-router-haproxy.service\n');
    expect(configuration()).toContain('listen more');
  });

  it('hands over each configuration that ran to what ends the sessions of removed targets', () => {
    const { run } = machine();
    const [one, two] = [made(ONE), made(TWO)];
    const replaced = '/run/privatelink-router-drain/replaced';
    const done = run(
      { one: one.apply, two: two.apply },
      `${READY}mkdir -p /run/privatelink-router-drain; dash /srv/one; ls -A ${replaced} 2>/dev/null; dash /srv/two; dash /srv/two
       dash /srv/one; cd ${replaced}; for file in *; do cat "$file"; done`,
    );
    expect(done.stderr).toBe('');
    const revisions = [...done.stdout.matchAll(/"revision":"([0-9a-f]{64})"/g)].map(([, revision]) => revision);
    expect(revisions).toEqual([revisionOf(one), revisionOf(two)]);
  });

  it('refuses what the checker refuses, in its words, and touches nothing', () => {
    const { run, configuration, kept } = machine();
    const one = made(ONE);
    const before = one.files['/etc/privatelink-router/haproxy.cfg'] ?? '';
    const wrong = render(variables('haproxy', { ...ONE, twice: target(70000, '10.1.2.9', 1) }));
    const done = run({ one: one.apply, wrong: wrong.apply }, `${READY}dash /srv/one; dash /srv/wrong; echo "=$?"`);
    expect(done.stdout).toMatch(/=1\n$/);
    expect(done.stderr).toContain('privatelink-router: haproxy does not take the new configuration:');
    expect(done.stderr).toMatch(/ALERT.*70000/);
    expect(done.stderr).toContain(`nothing was changed; revision ${revisionOf(one).slice(0, 12)} goes on`);
    expect(configuration()).toBe(before.replace('@REVISION@', revisionOf(one)));
    expect(kept('revision')).toBe(revisionOf(one));
    expect(kept('staging/files')).toBeUndefined();
  });

  /** Who listens and what the ready port says, from inside the sandbox: `ready <revision>; ports 10000 …`. */
  const LOOK = `echo "ready $(python3 -c 'import urllib.request; print(urllib.request.urlopen("http://127.0.0.1:${FORWARDER_PORTS.ready}").read().decode())' 2>/dev/null)"
    echo "ports$(awk '$4 == "0A" { split($2, place, ":"); print place[2] }' /proc/net/tcp | sort -u | while read -r port; do printf ' %d' "0x$port"; done)"
    echo "reserved $(cat /proc/sys/net/ipv4/ip_local_reserved_ports)"`;

  it('goes back when the engine does not come up with the new configuration', () => {
    const { run, configuration, kept } = machine();
    const [one, deaf] = [made(ONE), made(DEAF)];
    const done = run(
      { one: one.apply, deaf: hasty(deaf.apply) },
      `${READY}dash /srv/one; ${LOOK}; : >/run/sandbox/calls; dash /srv/deaf; echo "=$?"; ${LOOK}
       cat /run/sandbox/calls; dash /srv/one; echo "=$?"`,
    );
    const short = revisionOf(one).slice(0, 12);
    const [before = '', after = ''] = done.stdout.split('=1\n');
    // What serves is what served: the answer of the ready port, the listeners, and the ports that nobody else may take.
    const state = before.slice(before.indexOf('ready ready '));
    expect(state).toBe(`ready ready ${revisionOf(one)}\nports 10000 ${FORWARDER_PORTS.ready}\nreserved 10000\n`);
    expect(after.startsWith(state)).toBe(true);
    expect(after.match(/^reload privatelink-router-haproxy\.service$/gm)).toHaveLength(2);
    // The old script finds its own revision, and has nothing to do.
    expect(after).toMatch(new RegExp(`revision ${short} runs already \\(haproxy\\)\n=0\n$`));
    expect(done.stderr).toBe(
      `privatelink-router: haproxy does not listen on 666 \nprivatelink-router: revision ${short} is back and goes on\n`,
    );
    expect(configuration()).toBe(
      (one.files['/etc/privatelink-router/haproxy.cfg'] ?? '').replace('@REVISION@', revisionOf(one)),
    );
    expect(kept('revision')).toBe(revisionOf(one));
    expect(kept('ports')).toBe('10000');
    expect(kept('staging/files')).toBeUndefined();
  });

  it('says so when the old configuration answers again and does not listen', () => {
    const { run } = machine();
    const [one, two] = [made(ONE), made(TWO)];
    // From here on the engine opens its ready port alone.
    const deaf = "sed -i 's/^ports = .*/ports = [61081]/' /srv/engine.py";
    const done = run(
      { one: one.apply, two: hasty(two.apply) },
      `${READY}dash /srv/one; ${deaf}; dash /srv/two; echo "=$?"`,
    );
    expect(done.stdout).toMatch(/=1\n$/);
    expect(done.stderr).not.toContain('is back and goes on');
    expect(done.stderr).toContain('the old configuration stands in /etc again, but: haproxy does not listen on 10000');
  });

  it('refuses where the image lacks a package, says which, and what ran goes on', () => {
    const { run, configuration, kept } = machine();
    const given = { egress: 'image', mirror: '' } as const;
    const [one, two] = [ONE, TWO].map((targets) => render(variables('haproxy', targets, given)));
    if (one === undefined || two === undefined) throw new Error('nothing was rendered');
    // An image of before HAProxy had a cache of its own.
    const lacks = `printf '#!/bin/sh\\ncase "$*" in *unbound) exit 1 ;; esac\\nprintf installed\\n' >/usr/local/sbin/dpkg-query
       chmod 755 /usr/local/sbin/dpkg-query; : >/run/sandbox/calls`;
    const done = run(
      { one: one.apply, two: two.apply },
      `${READY}dash /srv/one; ${lacks}; dash /srv/two; echo "=$?"; grep -c router-haproxy.service /run/sandbox/calls; ${LOOK}`,
    );
    expect(done.stderr).toContain('the packages of haproxy could not be installed (haproxy unbound)');
    expect(done.stderr).toContain('the image lacks unbound, and egress is image: bake it in');
    expect(done.stderr).toContain(`nothing was changed; revision ${revisionOf(one).slice(0, 12)} goes on`);
    expect(done.stdout).toContain(`=1\n0\nready ready ${revisionOf(one)}\nports 10000 ${FORWARDER_PORTS.ready}\n`);
    expect(configuration()).not.toContain('listen more');
    expect(kept('revision')).toBe(revisionOf(one));
  });

  it('says so when the old configuration does not come up again either', () => {
    const { run, configuration, kept } = machine();
    const [one, two] = [made(ONE), made(TWO)];
    const done = run(
      { one: one.apply, two: hasty(two.apply) },
      `${READY}dash /srv/one; echo 'raise SystemExit(1)' >/srv/engine.py; dash /srv/two; echo "=$?"`,
    );
    expect(done.stdout).toMatch(/=1\n$/);
    expect(done.stderr).not.toContain('is back and goes on');
    expect(done.stderr).toMatch(/the old configuration stands in \/etc again, but: haproxy does not answer/);
    expect(configuration()).toContain(`ready ${revisionOf(one)}`);
    expect(kept('revision')).toBe(revisionOf(one));
  });

  it('leaves a new machine bare when its first configuration does not come up', () => {
    const { run, configuration, kept } = machine();
    const done = run({ deaf: hasty(made(DEAF).apply) }, `${READY}dash /srv/deaf; echo "=$?"; cat /run/sandbox/calls`);
    expect(done.stdout).toMatch(/^=1\n/);
    expect(done.stderr).toContain('this machine had no configuration before and has none now');
    expect(done.stdout).toMatch(/stop privatelink-router-haproxy\.service/);
    expect(configuration()).toBeUndefined();
    expect(kept('revision')).toBeUndefined();
  });

  it('waits no longer for the bootstrap than an earlier run has left it', () => {
    const { run } = machine();
    // As if the lock had been free only after an hour.
    const late = made(ONE)
      .apply.replace('    start=$(date +%s)\n', '    start=$(($(date +%s) - 3600))\n')
      .replace('        sleep 2\n', '        echo waits\n');
    expect(late).toMatch(/echo waits\n[\s\S]*- 3600/);
    const done = run({ late }, 'dash /srv/late 2>&1; echo "=$?"');
    expect(done.stdout).toMatch(/the bootstrap of this machine did not finish within \d+ seconds[\s\S]*=1/);
    expect(done.stdout).not.toContain('waits');
  });

  it('says why it does not begin: no bootstrap, damaged content', () => {
    const { run, configuration } = machine();
    const { apply } = made(ONE);
    // Whole in itself, but not what was sent: gzip alone would not notice.
    const packed = (script: string) => /haproxy\.cfg [0-9a-f]+ (H4sI.+)$/m.exec(script)?.[1] ?? '';
    const damaged = apply.replace(packed(apply), packed(made(TWO).apply));
    expect(damaged).not.toBe(apply);
    const done = run(
      { one: impatient(apply), damaged },
      `dash /srv/one 2>&1; echo "=$?"; ${READY}dash /srv/damaged 2>&1; echo "=$?"`,
    );
    const [absent, damage] = done.stdout.split(/=1\n/);
    expect(absent).toContain('the bootstrap of this machine did not finish within 2 seconds');
    expect(damage).toContain('what was delivered is not whole: a checksum does not fit');
    expect(configuration()).toBeUndefined();
  });

  it('mends a bootstrap that failed, with what it brings', () => {
    const { run, configuration, kept } = machine();
    const one = made(ONE);
    const failed = 'echo "failed: the packages of haproxy are missing" >/var/lib/privatelink-router/bootstrap';
    const done = run({ one: one.apply }, `${READY}${failed}; dash /srv/one; echo "=$?"`);
    expect(done.stdout).toMatch(/runs \(haproxy, 1 ports\)\n=0\n$/);
    expect(configuration()).toContain(`ready ${revisionOf(one)}`);
    expect(kept('bootstrap')).toBe('done');
  });

  it('waits for another run no longer than for all others together', () => {
    const { run, configuration } = machine();
    const held = 'exec 8>/var/lib/privatelink-router/lock; flock 8; ';
    const done = run({ one: impatient(made(ONE).apply) }, `${READY}${held}dash /srv/one 8>&-; echo "=$?"`);
    expect(done.stdout).toBe('=1\n');
    expect(done.stderr).toContain('another run did not end within 2 seconds');
    expect(configuration()).toBeUndefined();
  });

  it('does nothing at all when it is cut off, wherever that is', () => {
    const { run, configuration, kept } = machine();
    const { apply } = made(ONE);
    const main = apply.lastIndexOf('main "$@"');
    const cuts = [
      80,
      200,
      300,
      ...Array.from({ length: 40 }, (_, i) => 400 + Math.floor((i * (main - 400)) / 40)),
      main,
    ];
    const scripts = Object.fromEntries(cuts.map((cut) => [`cut${cut}`, apply.slice(0, cut)]));
    const all = cuts.map((cut) => `dash /srv/cut${cut} >/dev/null 2>&1 && echo "${cut} ended well"`).join('\n');
    const done = run(scripts, `${READY}${all}\ncat /run/sandbox/calls 2>/dev/null; true`);
    expect(done.words).toBe('');
    expect(configuration()).toBeUndefined();
    expect(kept('revision')).toBeUndefined();
  });

  it('runs one after the other when two come at once', () => {
    const { run, configuration } = machine();
    const [one, two] = [made(ONE), made(TWO)];
    const done = run(
      { one: one.apply, two: two.apply },
      `${READY}dash /srv/one & dash /srv/two & dash /srv/one & wait; cat /var/lib/privatelink-router/revision`,
    );
    expect(done.stderr).toBe('');
    const last = done.stdout.trim().split('\n').at(-1) ?? '';
    expect([revisionOf(one), revisionOf(two)]).toContain(last);
    expect(configuration()).toContain(`ready ${last}`);
  });

  it('makes way between engines: what the old one brought goes', () => {
    const { run } = machine();
    const nftables = render(variables('nftables', ONE));
    const changed = nftables.apply.replace(/^check_staged\(\) \{$/m, 'check_staged() {\n    return 0');
    const done = run(
      { one: made(ONE).apply, other: hasty(changed) },
      `${READY}dash /srv/one; : >/run/sandbox/calls; dash /srv/other; echo "=$?"; cat /run/sandbox/calls
       ls /etc/privatelink-router; cat /var/lib/privatelink-router/engine`,
    );
    // The sandbox's systemd has no refresher: the new engine never answers, and the old one comes back.
    const [, after = ''] = done.stdout.split('=1\n');
    const calls = after.split('\n');
    const stopped = calls.indexOf('stop privatelink-router-haproxy.service');
    expect(stopped).toBeGreaterThan(-1);
    expect(calls.indexOf('start privatelink-router-nftables.service')).toBeGreaterThan(stopped);
    expect(calls.indexOf('start privatelink-router-haproxy.service')).toBeGreaterThan(stopped);
    expect(calls.slice(-2)[0]).toBe('haproxy');
    expect(done.stderr).toContain(`revision ${revisionOf(made(ONE)).slice(0, 12)} is back and goes on\n`);
    expect(after).not.toContain('refresh.py');
  });
});
