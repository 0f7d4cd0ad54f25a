import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, expect, it, vi } from 'vitest';
import { FORWARDER_PORTS, forwarderFile } from '../../src/forwarder';
import { render, target, variables } from '../forwarder/render';
import { Processes } from '../terraform/support/processes';
import { describeTraffic } from './support/gate';
import { Namespace } from './support/namespace';
import { until } from './support/until';

const CHANGES = 25;
const CLIENT = '10.77.1.2';
const FORWARDER = '10.77.1.1';
const PORT = 10000;
const STAYS = { stays: target(PORT, '10.77.2.2', 5432) };

vi.setConfig({ testTimeout: 600_000 });

/**
 * Counts the first packets of connections that arrive at the forwarder itself, and those that it would send on. Neither
 * goes further, so that no flow becomes known and every packet is the first one.
 */
const COUNTERS = `
  table ip watch {
    counter refused { }
    counter forwarded { }
    chain input {
      type filter hook input priority -10;
      tcp dport ${PORT} counter name refused drop
    }
    chain forward {
      type filter hook forward priority -10;
      iifname "eth0" counter name forwarded drop
    }
  }`;

describeTraffic('changes of nftables while connections begin', () => {
  let processes: Processes | undefined;
  afterEach(() => processes?.stop());

  it('let no packet of an unchanged target pass untranslated, which the machine would refuse', async () => {
    const started = new Processes();
    processes = started;
    const folder = mkdtempSync(join(tmpdir(), 'plr-reload-'));
    started.removeAtEnd(folder);
    const [client, forwarder] = await Promise.all(
      ['client', 'forwarder'].map((label) => Namespace.create(started, label)),
    );
    if (client === undefined || forwarder === undefined) throw new Error('no namespaces');
    await client.must(['ip', '-batch', '-'], {
      input: [
        `link add eth0 type veth peer name eth0 netns ${forwarder.pid}`,
        `address add ${CLIENT}/24 dev eth0`,
        'link set eth0 up',
      ].join('\n'),
    });
    await forwarder.must(['ip', '-batch', '-'], {
      input: [`address add ${FORWARDER}/24 dev eth0`, 'link set eth0 up', `route add 10.77.2.0/24 via ${CLIENT}`].join(
        '\n',
      ),
    });
    await forwarder.nft(COUNTERS);
    const count = async (name: string): Promise<number> =>
      Number(/packets (\d+)/.exec(await forwarder.must(['nft', 'list', 'counter', 'ip', 'watch', name]))?.[1]);

    // One target comes and goes, beside the one that stays.
    const configurations = [STAYS, { ...STAYS, comes: target(PORT + 1, '10.77.2.3', 5432) }].map(
      (targets) => render(variables('nftables', targets, { clients: [`${CLIENT}/32`, '10.77.3.0/24'] })).files,
    );
    const lay = (step: number): void => {
      for (const [path, text] of Object.entries(configurations[step % 2] ?? {}))
        writeFileSync(join(folder, basename(path)), text.replaceAll('@REVISION@', `step-${step}`));
    };
    mkdirSync(join(folder, 'state'));
    lay(0);
    const env = {
      ...process.env,
      PLR_CONFIGURATION: folder,
      PLR_STATE: join(folder, 'state', 'addresses.json'),
      PLR_LEAVING: join(folder, 'state', 'leaving.json'),
    };
    const refresher = forwarder.start(['python3', '-B', forwarderFile('refresh.py')], { env });
    const runs = (step: number): Promise<unknown> =>
      until(
        `step ${step}`,
        async () => {
          const url = `http://127.0.0.1:${FORWARDER_PORTS.ready}/`;
          return (await forwarder.must(['curl', '--silent', '--fail', url])).trim() === `ready step-${step}`;
        },
        { pause: 10 },
      );
    await runs(0);
    const flood = client.start(['python3', join(__dirname, 'support', 'flood.py'), CLIENT, FORWARDER, String(PORT)], {
      stdin: 'pipe',
    });
    await until('the flood', async () => (await count('forwarded')) > 0);
    for (let step = 1; step <= CHANGES; step += 1) {
      lay(step);
      refresher.kill('SIGHUP');
      await runs(step);
    }
    flood.stdin?.end();
    const [refused, forwarded] = [await count('refused'), await count('forwarded')];
    expect({ refused, forwarded: forwarded > CHANGES }).toEqual({ refused: 0, forwarded: true });
  });
});
