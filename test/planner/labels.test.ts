import { expect, it } from 'vitest';
import { serializeLock } from '../../src/lock';
import { toPublicPlan } from '../../src/planner';
import { accepted, changesOf, documentOf } from '../changes/deployment';
import { VALID_AZURE } from '../corpus/azure-inventory';
import { VALID } from '../corpus/mistake';

const LABELS = { owner: 'orders@acme.com', description: 'Orders of all regions' };

it.each([
  ['AWS', VALID, { ...LABELS, tags: { team: 'orders' } }],
  ['Azure', VALID_AZURE, LABELS],
])(
  'shows owner and description in the plan of %s, where they are given, and keeps them out of the lock',
  (_, text, labels) => {
    const document = documentOf(text);
    const [target = ''] = Object.keys(document.routers.analytics.targets);
    Object.assign(document.routers.analytics.targets[target], labels);
    const { plan, lock } = accepted(document);
    const shown = toPublicPlan(plan, { changes: [], compared: 'plans', diagnostics: [] });
    const backends = shown.routers.analytics?.shards.flatMap(({ listeners }) =>
      listeners.flatMap((one) => one.backends),
    );
    const [own, ...others] = [...(backends ?? [])].sort((a) => (a.target === target ? -1 : 1));
    expect(own).toMatchObject({ target, ...LABELS });
    expect(others.length).toBeGreaterThan(0);
    for (const other of others) expect(Object.keys(other)).not.toContain('owner');
    expect(lock).toEqual(accepted(documentOf(text)).lock);
    expect(serializeLock(lock)).not.toContain('acme.com"');
  },
);

it('tells a changed owner as it is, an address of e-mail too, and no credential in a tag', () => {
  const changes = changesOf(VALID, ({ routers }) =>
    Object.assign(routers.analytics.targets['orders-db'], { ...LABELS, tags: { note: 'password=hunter2' } }),
  );
  expect(changes.map(({ what, to }) => [what, to])).toEqual([
    ['description', { description: LABELS.description }],
    ['owner', { owner: LABELS.owner }],
    ['tags', { tags: { note: expect.stringContaining('not shown') } }],
  ]);
});

it('keeps a target that is disabled out of the plan, with what it says of itself', () => {
  const document = documentOf(VALID);
  Object.assign(document.routers.analytics.targets['old-crm'], { ...LABELS, tags: { team: 'crm' } });
  expect(accepted(document).plan).toEqual(accepted(documentOf(VALID)).plan);
});
