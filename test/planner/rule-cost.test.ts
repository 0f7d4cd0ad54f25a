import { describe, expect, it } from 'vitest';
import type { AzurePlace } from '../../src/model';
import { planRouting } from '../../src/planner';
import { accept, azurePlace, azureRouter, azureTargets, inventory, NOTHING } from './support';

const DOMAIN = { domains: ['one.corp.example'] } as const;

function costly(targets: number, place: Partial<AzurePlace> = {}, lock = NOTHING): readonly string[] {
  const router = azureRouter({ azure: azurePlace(place), targets: azureTargets('t', targets, DOMAIN) });
  return planRouting({ inventory: inventory([router]), lock })
    .findings.filter(({ code }) => code === 'PLR2531')
    .map(({ message, fix }) => `${message} ${fix}`);
}

describe('what load-balancing rules cost', () => {
  it('is told from 21 targets on, where two machines forward', () => {
    expect(costly(20)).toEqual([]);
    expect(costly(21)).toEqual([
      'The 22 load-balancing rules of this router cost about $142 a month by list price; 2 machines of Standard_D2s_v5 cost $140. One rule for all ports costs $18 a month for each pool, and a pool then has room for 10 domains. Set loadBalancing: ha-ports before the first apply, since it cannot be changed later, or keep a rule for each target if that is worth its price.',
    ]);
  });

  it('asks for a new router where this one exists', () => {
    const router = azureRouter({ targets: azureTargets('t', 299, DOMAIN) });
    const [said = ''] = costly(299, {}, accept(router).lock);
    expect(said).toContain('The 300 load-balancing rules of this router cost about $2,172 a month');
    expect(said).toContain('That takes a new router with loadBalancing: ha-ports');
  });

  it('is compared with all machines, over all pools', () => {
    const { forwarder } = azurePlace();
    expect(costly(39, { forwarder: { ...forwarder, instances: 4 } })).toEqual([]);
    const router = azureRouter({
      targets: [...azureTargets('a', 290, DOMAIN), ...azureTargets('b', 290, { domains: ['two.corp.example'] })],
    });
    const [said = ''] = accept(router).findings.map(({ message }) => message);
    expect(said).toContain('The 582 load-balancing rules of this router cost about $4,212 a month');
    expect(said).toContain('4 machines of Standard_D2s_v5 cost $280');
  });

  it('is nothing with one rule for all ports, or in a teardown', () => {
    expect(costly(299, { loadBalancing: 'ha-ports' })).toEqual([]);
    const router = azureRouter({ targets: azureTargets('t', 299, DOMAIN) });
    const { lock } = accept(router);
    const { findings } = planRouting({ inventory: inventory([{ ...router, teardown: 'prepare' }]), lock });
    expect(findings.map(({ code }) => code)).toEqual([]);
  });
});
