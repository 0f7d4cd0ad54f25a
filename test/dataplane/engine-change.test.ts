import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { ENGINES, type Engine } from '../../src/forwarder';
import { revisionOf } from './support/forwarder';
import { describeTraffic } from './support/gate';
import { at, Lab } from './support/lab';

/** Each engine follows on each of the others. */
const ORDER: readonly Engine[] = ['nftables', 'nginx', 'haproxy', 'nftables', 'haproxy', 'nginx', 'nftables'];

describeTraffic('a change of the engine on machines that run', () => {
  vi.setConfig({ testTimeout: 600_000, hookTimeout: 600_000 });
  let lab: Lab;
  beforeAll(async () => {
    lab = await Lab.start('haproxy');
  });
  afterAll(() => lab.stop());

  it('leaves nothing of the old engine, and the new one answers in its place', async () => {
    for (const engine of ORDER) {
      const { apply } = lab.render(undefined, engine);
      await Promise.all(lab.forwarders.map((forwarder) => forwarder.mustApply(apply)));
      await lab.answeredByEach('alpha', at('stock').port);
      await lab.answeredByEach('gamma', at('fixed').port);
      for (const forwarder of lab.forwarders) {
        expect(await lab.runs(forwarder), engine).toBe(revisionOf(apply));
        for (const { units } of Object.values(ENGINES)) {
          for (const unit of units) {
            const { stdout } = await forwarder.machine.run(['systemctl', 'is-active', unit]);
            expect(`${unit} ${stdout.trim()}`).toBe(
              `${unit} ${ENGINES[engine].units.includes(unit) ? 'active' : 'inactive'}`,
            );
          }
        }
        const tables = await forwarder.machine.must(['nft', 'list', 'tables']);
        expect(tables.includes('privatelink_router'), engine).toBe(engine === 'nftables');
        const forwarding = await forwarder.machine.must(['sysctl', '-n', 'net.ipv4.ip_forward']);
        expect(forwarding.trim(), engine).toBe(engine === 'nftables' ? '1' : '0');
      }
    }
  });
});
