import { expect, it } from 'vitest';
import { target } from '../../forwarder/render';
import { at, type Lab, ORDERS_NAME, TARGETS } from '../support/lab';
import { FORWARDERS, HOST_ADDRESSES, type HostName } from '../support/network';
import { until } from '../support/until';

/** A real database, its certificate checked in full, through changes of everything around its session. */
export function databasesAnswer(lab: () => Lab): void {
  it('carries PostgreSQL with its certificate checked in full', async () => {
    const { postgres, network } = lab();
    const statement =
      "select current_setting('cluster_name'), (select ssl from pg_stat_ssl where pid = pg_backend_pid())";
    const answer = await postgres.query(network.at('client'), at('orders-db'), statement);
    expect(answer).toEqual({ code: 0, stdout: 'alpha|t\n', stderr: '' });
    const wrong = await postgres.query(
      network.at('client'),
      { ...at('orders-db'), name: 'erp.corp.example' },
      'select 1',
    );
    expect(wrong.code).not.toBe(0);
    expect(wrong.stderr).toContain('does not match host name "erp.corp.example"');
  });

  it('keeps a PostgreSQL session through a change of the configuration, and serves the next from the host that took over', async () => {
    const { postgres, network, names } = lab();
    const session = postgres.session(network.at('client'), at('orders-db'));
    const before = await session.whoServes();
    expect(before).toMatch(/^alpha \d+$/);
    await lab().apply({ ...TARGETS, another: target(10090, 'ledger.corp.example', 7000) });
    expect(await session.whoServes()).toBe(before);
    await names.resolve(ORDERS_NAME, [HOST_ADDRESSES.beta]);
    await servedBy(lab(), 'beta');
    await session.end();
    const next = postgres.session(network.at('client'), at('orders-db'));
    const served = await next.whoServes();
    expect(served).toMatch(/^beta \d+$/);
    await lab().apply();
    expect(await next.whoServes()).toBe(served);
    await next.end();
    await names.resolve(ORDERS_NAME, [HOST_ADDRESSES.alpha]);
    await servedBy(lab(), 'alpha');
  });
}

/** Sessions in a row that are taken for those of every process of an engine. */
const TURNS = 5;

/** Waits until new sessions reach a host through each of the forwarders. */
async function servedBy({ postgres, network, link }: Lab, host: HostName): Promise<void> {
  for (const forwarder of FORWARDERS) {
    await link.balance([forwarder]);
    await until(`PostgreSQL to be served by ${host} through ${forwarder}`, async () => {
      for (let turn = 0; turn < TURNS; turn += 1) {
        const statement = "select current_setting('cluster_name')";
        const { stdout } = await postgres.query(network.at('client'), at('orders-db'), statement);
        if (stdout !== `${host}\n`) return false;
      }
      return true;
    });
  }
  await link.balance(FORWARDERS);
}
