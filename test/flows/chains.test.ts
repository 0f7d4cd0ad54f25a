import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { connectionsOf, type Flow, flowsOf } from '../../src/flows';
import { limit } from '../../src/limits';
import type { PlannedRouter } from '../../src/model';
import { runs } from '../support/runs';
import { AWS_ROUTERS, AZURE_ROUTERS, hostsOf } from './routers';

const ROUTERS: fc.Arbitrary<PlannedRouter> = fc.oneof(AWS_ROUTERS, AZURE_ROUTERS);

/** Each hop begins where the one before it ends, and has all that a reader asks of it. */
function holdTogether({ hops }: Flow): void {
  hops.forEach((hop, i) => {
    if (i > 0) expect(hop.from).toEqual(hops[i - 1]?.to);
    expect(Number.isInteger(hop.port) && hop.port >= 1 && hop.port <= 65_535, String(hop.port)).toBe(true);
    expect(['tcp', 'udp']).toContain(hop.protocol);
    expect(hop.admittedBy.length).toBeGreaterThan(0);
    for (const id of hop.limits) expect(limit(id).id).toBe(id);
  });
}

describe('the flows of any plan', () => {
  it('lead each listener unbroken from the clients to its target, with port and protocol at each hop', () => {
    fc.assert(
      fc.property(ROUTERS, (router) => {
        const flows = flowsOf(router);
        flows.forEach(holdTogether);
        const connections = flows.filter(({ purpose }) => purpose.kind === 'connection');
        const listeners = hostsOf(router);
        expect(connections.map(({ purpose }) => purpose)).toEqual(
          listeners.map(({ target, domains, shard }) => ({ kind: 'connection', target, domains, shard })),
        );
        connections.forEach(({ hops }, i) => {
          const { target, host, literal, port, listenerPort } = listeners[i] ?? {};
          expect(hops[0].from).toEqual({ kind: 'clients' });
          expect(hops.at(-1)).toMatchObject({ to: { kind: 'target', target, host, literal }, port });
          // The port that clients dial holds up to what forwards.
          expect(new Set(hops.slice(0, -1).map((hop) => hop.port))).toEqual(new Set([listenerPort]));
        });
      }),
      { numRuns: runs(100) },
    );
  });

  it('are the same for the same plan, and whole after a turn through JSON', () => {
    fc.assert(
      fc.property(ROUTERS, (router) => {
        const flows = flowsOf(router);
        expect(flowsOf(structuredClone(router))).toEqual(flows);
        expect(JSON.parse(JSON.stringify(flows))).toEqual(flows);
        expect(new Set(flows.map((flow) => JSON.stringify(flow))).size).toBe(flows.length);
      }),
      { numRuns: runs(50) },
    );
  });

  it('give each enabled target its row of connections', () => {
    fc.assert(
      fc.property(ROUTERS, (router) => {
        expect(connectionsOf(router)).toEqual(
          hostsOf(router).map(({ target, domains: [domain], listenerPort, shardName: shard, host, port }) => ({
            target,
            domain,
            listenerPort,
            shard,
            host,
            port,
          })),
        );
      }),
      { numRuns: runs(50) },
    );
  });
});
