import { describe, expect, it } from 'vitest';
import type { Finding, Ncc, Router } from '../../src/model';
import { planRouting } from '../../src/planner';
import { accept, azurePlace, azureRouter, azureTargets, inventory, NOTHING, router, target } from './support';

/** Targets of AWS, fifty to a domain. */
const many = (number: number) =>
  Array.from({ length: number }, (_, index) =>
    target(`t-${index}`, { domains: [`d${Math.floor(index / 50)}.corp.example`] }),
  );

function told(one: Router, lock = NOTHING): readonly Finding[] {
  return planRouting({ inventory: inventory([one]), lock }).findings.filter(({ code }) => code === 'PLR2541');
}

/** What another router is told to write. */
function advice(ncc: Ncc): string | undefined {
  return told(router({ ncc, targets: many(501) }))[0]?.fix.match(/`ncc: (\{.*?\})`/)?.[1];
}

describe('a router with more targets than one state of Terraform should have', () => {
  it('is told how many it has, and how another router shares its NCC', () => {
    expect(told(router({ targets: many(501) }))).toEqual([
      {
        code: 'PLR2541',
        severity: 'warning',
        path: ['routers', 'analytics', 'targets'],
        message:
          'analytics has 501 open targets in one state of Terraform; up to 500 are recommended: with 500 an apply of all takes about four minutes and a destroy seven, and with more they slow down faster than the targets grow.',
        fix: 'Split it: a second router with `ncc: { router: analytics }` uses the same NCC and workspaces. A target that goes over has a port and a shard of its own there, and its domain, which stands in one router of an NCC alone, has to leave this one: docs/splitting.md has the steps. Where the time is all right, state it: `limits: { targetsPerRouter: 501 }`.',
      },
    ]);
  });

  it('is told the way that its own NCC is given', () => {
    const id = '11111111-2222-4333-8444-555555555555';
    expect(advice({ id, workspaceIds: [] })).toBe(`{ id: ${id} }`);
    expect(advice({ existing: 'shared', workspaceIds: [] })).toBe('{ existing: shared }');
    expect(advice({ existing: 'shared', router: 'orders', workspaceIds: [] })).toBe('{ router: orders }');
  });

  it('is told so on Azure where each target is a rule', () => {
    const domains = { domains: ['one.corp.example'] } as const;
    const others = { domains: ['two.corp.example'] } as const;
    const all = [...azureTargets('a', 290, domains), ...azureTargets('b', 290, others)];
    const [said] = told(azureRouter({ targets: all }));
    expect(said?.message).toMatch(/^analytics has 580 open targets .* azurerm writes a load balancer once for each/);
    const haPorts = azureRouter({ azure: azurePlace({ loadBalancing: 'ha-ports' }), targets: all });
    expect(told(haPorts)).toEqual([]);
  });

  it('is told nothing while it is taken away, or where an error stops the plan', () => {
    const one = router({ targets: many(501) });
    expect(told({ ...one, teardown: 'prepare' }, accept(one).lock)).toEqual([]);
    expect(told({ ...one, limits: { endpointsUsed: 30 } })).toEqual([]);
  });
});
