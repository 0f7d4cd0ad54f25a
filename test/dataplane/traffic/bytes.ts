import { expect, it } from 'vitest';
import { at, type Lab } from '../support/lab';
import { FORWARDER_ADDRESSES } from '../support/network';

const MANY_BYTES = 100_000_000;
const SOME_BYTES = 3_000_000;
const MANY_CONNECTIONS = 200;

/** Bytes arrive whole, whoever ends first, and many connections stand beside each other. */
export function bytesArrive(lab: () => Lab): void {
  it('carries 100 MB both ways at once, byte for byte', async () => {
    const report = await lab().client.tell('transfer', { ...at('stock'), bytes: MANY_BYTES });
    expect(report.arrivedSum).toBe(report.sentSum);
    expect(report.receivedSum).toBe(report.expectedSum);
    expect([report.sentBytes, report.receivedBytes]).toEqual([MANY_BYTES, MANY_BYTES]);
    expect(report.sentSum).not.toBe(report.receivedSum);
  });

  it.each([
    ['client', 'endFirst'],
    ['target', 'endLast'],
  ] as const)('carries what comes after the %s has ended its half', async (_side, order) => {
    const report = await lab().client.tell(order, { ...at('stock'), bytes: SOME_BYTES });
    expect(report.arrivedSum).toBe(report.sentSum);
    expect(report.receivedSum).toBe(report.expectedSum);
    expect(report.receivedBytes).toBe(SOME_BYTES);
  });

  it('holds 200 connections at once and mixes none of them up', async () => {
    const report = await lab().client.tell('crowd', { ...at('stock'), count: MANY_CONNECTIONS });
    expect(report).toEqual({ together: MANY_CONNECTIONS, answeredBy: { alpha: MANY_CONNECTIONS }, failures: [] });
  });

  it('goes through both forwarders', async () => {
    const met = new Set<string>();
    for (let turn = 0; turn < 4; turn += 1) {
      const answer = await lab().client.tell('askOnce', { ...at('fixed'), line: 'who' });
      met.add(answer.split(' ')[1] ?? '');
    }
    expect([...met].map((address) => address.replace('::ffff:', '')).sort()).toEqual(
      Object.values(FORWARDER_ADDRESSES).sort(),
    );
  });
}
