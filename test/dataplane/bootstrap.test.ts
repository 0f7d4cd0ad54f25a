import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { ENGINES, type Engine, FORWARDER_PORTS } from '../../src/forwarder';
import { type Rendered, render, target, variables } from '../forwarder/render';
import { Processes } from '../terraform/support/processes';
import { Agent } from './support/agent/agent';
import { sweepControlGroups } from './support/control-groups';
import { debianRoot } from './support/debian-root';
import { Forwarder } from './support/forwarder';
import { describeTraffic } from './support/gate';
import { NameServer } from './support/name-server';
import { FORWARDER_ADDRESSES, HOST_ADDRESSES, NAME_SERVER, NAT_SUBNET, Network } from './support/network';
import { PackageMirror } from './support/package-mirror';
import { Trust } from './support/trust';

const LISTENER = 10000;
const MIRROR = 'http://mirror.corp.example/debian';
const SECURE_MIRROR = 'https://nexus.corp.example/debian';
/** `PLR_BOOTSTRAP=all` runs every way in which a machine gets its packages, not only the ones that a change must pass. */
const ALL = process.env.PLR_BOOTSTRAP === 'all';

interface Way {
  readonly engine: Engine;
  readonly egress: 'nat' | 'mirror' | 'image' | 'none';
  /** A mirror with an authority and a signing key of its own. */
  readonly secure?: true;
}

const INSTALLED: readonly Way[] = [
  { engine: 'haproxy', egress: 'mirror', secure: true },
  ...(ALL
    ? ([
        { engine: 'haproxy', egress: 'mirror' },
        { engine: 'haproxy', egress: 'nat' },
        { engine: 'nginx', egress: 'mirror' },
        { engine: 'nginx', egress: 'nat' },
        { engine: 'nftables', egress: 'mirror' },
      ] as const)
    : []),
];

describeTraffic('the bootstrap on a stock machine', () => {
  vi.setConfig({ testTimeout: 900_000, hookTimeout: 900_000 });
  const processes = new Processes();
  const folder = mkdtempSync(join(tmpdir(), 'plr-bootstrap-'));
  let network: Network;
  let names: NameServer;
  let mirror: PackageMirror;
  let secureMirror: PackageMirror;
  let trust: Trust;
  let hop: Agent;
  let forwarder: Forwarder | undefined;

  beforeAll(async () => {
    processes.removeAtEnd(folder);
    sweepControlGroups();
    await debianRoot(processes);
    network = await Network.create(processes);
    names = await NameServer.start(network.at('dns'), folder, {
      'stock.corp.example': { a: [HOST_ADDRESSES.gamma], ttl: 1 },
      'mirror.corp.example': { a: [NAME_SERVER] },
      'nexus.corp.example': { a: [NAME_SERVER] },
      'deb.debian.org': { a: [NAME_SERVER] },
      'security.debian.org': { a: [NAME_SERVER] },
    });
    mirror = await PackageMirror.start(network.at('dns'), folder, NAME_SERVER);
    trust = new Trust(folder, 'nexus.corp.example');
    secureMirror = await PackageMirror.start(network.at('dns'), folder, NAME_SERVER, trust);
    hop = new Agent(network.at('link'));
    await new Agent(network.at('gamma')).tell('serve', { name: 'gamma', port: 7000 });
  });
  afterEach(async () => {
    await forwarder?.machine.powerOff();
    forwarder = undefined;
    mirror.asked.length = 0;
    secureMirror.asked.length = 0;
  });
  afterAll(async () => {
    await mirror.stop();
    await secureMirror.stop();
    trust.stop();
    await processes.stop();
  });

  function rendered({ engine, egress, secure }: Way, sshKey = ''): Rendered {
    const targets = { stock: target(LISTENER, 'stock.corp.example', 7000) };
    const place = secure ? SECURE_MIRROR : MIRROR;
    return render(
      variables(engine, targets, {
        clients: [NAT_SUBNET],
        egress,
        ssh_key: sshKey,
        mirror: egress === 'mirror' ? place : '',
        ...(secure ? { mirror_key: trust.signingKey, mirror_ca: trust.caCertificate } : {}),
      }),
    );
  }

  async function boot(way: Way): Promise<Forwarder> {
    const booted = await Forwarder.boot(
      {
        processes,
        namespace: network.at('fw1'),
        name: 'stock',
        root: await debianRoot(processes),
        userData: rendered(way).bootstrap,
        files: { '/etc/resolv.conf': `nameserver ${NAME_SERVER}\n` },
      },
      FORWARDER_ADDRESSES.fw1,
    );
    forwarder = booted;
    return booted;
  }

  /** The programs that listen on any address but loopback, as ports. */
  async function openPorts({ machine }: Forwarder): Promise<number[]> {
    const text = await machine.must(['ss', '-H', '-l', '-n', '-t', '-u']);
    const places = text.split('\n').map((line) => line.trim().split(/\s+/)[4] ?? '');
    const ports = places
      .filter((place) => place !== '' && !/^(127\.|\[::1\])/.test(place))
      .map((place) => Number(place.slice(place.lastIndexOf(':') + 1)));
    return [...new Set(ports)].sort((a, b) => a - b);
  }

  async function forwards(booted: Forwarder, way: Way): Promise<void> {
    await booted.mustApply(rendered(way).apply);
    const answer = await hop.tell('askOnce', { host: booted.address, port: LISTENER, line: 'hello' });
    expect(answer).toBe('gamma hello');
  }

  it.each(INSTALLED)(
    'installs $engine by way of $egress, starts nothing that need not run, and forwards',
    async (way) => {
      const booted = await boot(way);
      const { machine } = booted;
      expect(machine.read('/var/lib/privatelink-router/bootstrap')).toBe('done\n');
      for (const name of ENGINES[way.engine].packages) {
        expect(await machine.must(['dpkg-query', '-W', '-f=${db:Status-Status}', name]), name).toBe('installed');
      }
      const { asked } = way.secure ? secureMirror : mirror;
      expect(asked.some((path) => /\/pool\/.*\.deb$/.test(path))).toBe(way.engine !== 'nftables');
      expect(await openPorts(booted)).toEqual([FORWARDER_PORTS.health]);
      const settings = ['net.ipv4.tcp_keepalive_time', 'net.ipv4.ip_forward', 'net.ipv4.conf.eth0.accept_redirects'];
      expect((await machine.must(['sysctl', '-n', ...settings])).split('\n').slice(0, 3)).toEqual(['120', '0', '0']);
      await forwards(booted, way);
    },
  );

  it('changes nothing when it runs again', async () => {
    const way = { engine: 'nftables', egress: 'none' } as const;
    const booted = await boot(way);
    await forwards(booted, way);
    const list = ['find', '/etc', '/usr/local', '/var/lib/privatelink-router', '-type', 'f', '-newer', '/tmp/before'];
    await booted.machine.must(['touch', '/tmp/before']);
    await booted.machine.must(['sh', '/etc/privatelink-router/setup.sh']);
    const written = (await booted.machine.must(list)).trim().split('\n');
    expect(written).toEqual(['']);
    expect(booted.machine.read('/var/lib/privatelink-router/bootstrap')).toBe('done\n');
    expect(await hop.tell('askOnce', { host: booted.address, port: LISTENER, line: 'hello' })).toBe('gamma hello');
  });

  it('brings ssh and egress to a machine that runs, and takes them away again, while a session goes on', async () => {
    const way = { engine: 'nftables', egress: 'none' } as const;
    const booted = await boot(way);
    const { machine } = booted;
    await forwards(booted, way);
    // As Azure makes the user of the scale set's model, whose key is never changed on a machine.
    await machine.must(['useradd', '--create-home', 'forwarder']);
    for (const name of ['model', 'one', 'two']) {
      await machine.must(['ssh-keygen', '-q', '-t', 'ed25519', '-N', '', '-f', `/root/${name}`]);
    }
    const atFirst = machine.read('/root/model.pub');
    machine.write('/home/forwarder/.ssh/authorized_keys', atFirst);
    await machine.must(['chown', '-R', 'forwarder', '/home/forwarder/.ssh']);
    const logIn = async (name: string) => {
      const options = [
        'BatchMode=yes',
        'StrictHostKeyChecking=no',
        'UserKnownHostsFile=/dev/null',
        'IdentitiesOnly=yes',
      ];
      const flags = options.flatMap((option) => ['-o', option]);
      return (await machine.run(['ssh', ...flags, '-i', `/root/${name}`, 'forwarder@127.0.0.1', 'true'])).code === 0;
    };
    const listens = async () => (await openPorts(booted)).includes(22);
    const timer = async () =>
      (await machine.run(['systemctl', 'is-active', 'privatelink-router-updates.timer'])).stdout.trim();
    const sources = () => machine.must(['apt-config', 'dump', 'Dir::Etc::SourceList']);
    const change = async (egress: Way['egress'], key: string) => {
      const { apply } = rendered({ engine: 'nftables', egress }, key);
      await booted.mustApply(apply);
    };
    await hop.tell('dial', { id: 'session', host: booted.address, port: LISTENER });
    expect(await hop.tell('say', { id: 'session', line: 'before' })).toBe('gamma before');
    expect([await listens(), await timer()]).toEqual([false, 'inactive']);

    await change('mirror', machine.read('/root/one.pub'));
    expect(await listens()).toBe(true);
    expect([await logIn('one'), await logIn('two'), await logIn('model')]).toEqual([true, false, false]);
    expect([await timer(), await sources()]).toEqual(['active', expect.stringContaining('privatelink-router.list')]);
    await change('mirror', machine.read('/root/two.pub'));
    expect([await logIn('one'), await logIn('two')]).toEqual([false, true]);
    await change('none', '');
    expect(await listens()).toBe(false);
    expect([await timer(), await sources()]).toEqual(['inactive', expect.not.stringContaining('privatelink-router')]);
    expect(await hop.tell('say', { id: 'session', line: 'after' })).toBe('gamma after');
    await hop.tell('hangUp', { id: 'session' });
  });

  it('needs no network for nftables without egress', async () => {
    const way = { engine: 'nftables', egress: 'none' } as const;
    await names.fallSilent();
    try {
      const booted = await boot(way);
      expect(booted.machine.read('/var/lib/privatelink-router/bootstrap')).toBe('done\n');
      expect(await openPorts(booted)).toEqual([FORWARDER_PORTS.health]);
      expect(mirror.asked).toEqual([]);
    } finally {
      await names.recover();
    }
    if (forwarder !== undefined) await forwards(forwarder, way);
  });

  it('says what is missing where the image should have it, and the configuration is refused for that reason', async () => {
    const way = { engine: 'haproxy', egress: 'image' } as const;
    const booted = await boot(way);
    expect(booted.machine.read('/var/lib/privatelink-router/bootstrap')).toMatch(/^failed: .*haproxy/);
    expect(mirror.asked).toEqual([]);
    const { code, stdout, stderr } = await booted.apply(rendered(way).apply);
    expect(code).toBe(1);
    expect(stdout + stderr).toContain('the image lacks haproxy unbound, and egress is image: bake it in');
    await expect(hop.tell('askOnce', { host: booted.address, port: LISTENER, line: 'hello' })).rejects.toThrow();
  });
});
