import { describe, expect, it } from 'vitest';
import type { Target } from '../../src/model';
import { VALID_AZURE } from '../corpus/azure-inventory';
import { VALID } from '../corpus/mistake';
import { loadText, places } from './support';

/** The seconds that each target of the first router has. */
const drains = (text: string, overlay?: string): Record<string, number> =>
  Object.fromEntries(
    (loadText(text, overlay).inventory?.routers[0]?.targets ?? []).map(({ name, drain }: Target) => [name, drain]),
  );

/** An overlay of the router `analytics`, which also says something of one of its targets. */
const overlay = (router: string, target: string): string =>
  `routers:\n  analytics:\n    ${router}\n    targets: { orders-db: { ${target} } }\n`;

const inRouter = (line: string): string => VALID.replace('approval: terraform', `approval: terraform\n    ${line}`);
const inTarget = (text: string, line: string): string =>
  text.replace('preset: postgres', `preset: postgres\n        ${line}`);

describe('keys that had another name', () => {
  it('mean what the present name means, of a router and of a target, on both clouds', () => {
    const text = inTarget(inRouter('deregistrationDelay: 77'), 'deregistrationDelay: 0');
    expect(drains(text)).toEqual(drains(text.replaceAll('deregistrationDelay', 'drain')));
    expect(drains(text)).toMatchObject({ 'orders-db': 0, ledger: 77 });
    const azure = VALID_AZURE.replace('    dns: runtime\n', '    dns: runtime\n    deregistrationDelay: 77\n');
    expect(new Set(Object.values(drains(azure)))).toEqual(new Set([77]));
  });

  it('are told where they stand, once for each, and nothing else is', () => {
    const text = inRouter('deregistrationDelay: 77');
    const line = text.split('\n').findIndex((one) => one.includes('deregistrationDelay')) + 1;
    const loaded = loadText(text);
    expect(places(loaded)).toEqual([`PLR1121 ${line}:5`]);
    expect(loaded.diagnostics[0]).toMatchObject({
      severity: 'warning',
      message: 'deregistrationDelay is called drain now. It is read as drain.',
      fix: 'Write drain in its place.',
    });
  });

  it('are told once where an anchor brings them to many targets', () => {
    const text = VALID.replace('routers:\n', 'x-delay: &delay { deregistrationDelay: 30 }\nrouters:\n').replaceAll(
      /^( {8})(preset: .*)$/gm,
      '$1$2\n$1<<: *delay',
    );
    expect(Object.values(drains(text)).filter((drain) => drain === 30).length).toBeGreaterThan(1);
    expect(loadText(text).diagnostics.map(({ code }) => code)).toEqual(['PLR1121']);
  });

  it.each([
    ['the former name', 'the present one', 'deregistrationDelay', 'drain'],
    ['the present name', 'the former one', 'drain', 'deregistrationDelay'],
    ['the former name', 'the former one', 'deregistrationDelay', 'deregistrationDelay'],
  ])('%s in the inventory gives way to %s in the overlay', (_base, _over, base, over) => {
    const text = inTarget(inRouter(`${base}: 11`), `${base}: 12`);
    expect(drains(text, overlay(`${over}: 21`, `${over}: 22`))).toMatchObject({ ledger: 21, 'orders-db': 22 });
    expect(loadText(text, overlay(`${over}: 21`, `${over}: 22`)).diagnostics.map(({ code }) => code)).toEqual(
      [base, over, base, over].filter((name) => name === 'deregistrationDelay').map(() => 'PLR1121'),
    );
  });

  it('are removed by an overlay under either name', () => {
    const removed = (base: string, over: string) =>
      drains(inRouter(`${base}: 77`), overlay(`${over}:`, 'enabled: true'));
    expect(removed('deregistrationDelay', 'drain')).toEqual(drains(VALID));
    expect(removed('drain', 'deregistrationDelay')).toEqual(drains(VALID));
  });

  it('are judged as the present ones are', () => {
    const broken = inTarget(VALID, 'deregistrationDelay: 3601');
    expect(loadText(broken).diagnostics.map(({ code }) => code)).toEqual(['PLR1121', 'PLR1104']);
  });

  it('refuse to stand beside the present ones', () => {
    const loaded = loadText(inTarget(VALID, 'deregistrationDelay: 5\n        drain: 6'));
    expect(loaded.diagnostics.map(({ code }) => code)).toEqual(['PLR1110']);
    expect(loaded.diagnostics[0]?.path).toBe('routers.analytics.targets.orders-db.deregistrationDelay');
  });
});
