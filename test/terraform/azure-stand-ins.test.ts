import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { LOCATION, RESOURCE_GROUP, SUBSCRIPTION } from './support/azure';
import { complaints } from './support/events';
import { describeWith } from './support/gate';
import type { Workspace } from './support/workspace';
import { AZURE_DATABRICKS_ACCOUNT, startWorld, type World } from './support/world';

const MINUTES = 60_000;
const FIXTURE = join(__dirname, 'support', 'azure-fixture');

describeWith(['terraform', 'azure providers'], 'a small router of Azure, written by hand', () => {
  let world: World;
  let work: Workspace;
  let given: object;

  beforeAll(async () => {
    world = await startWorld('azure by hand', ['azure']);
    const { subnetId, natSubnetId } = world.azure.seedNetwork();
    given = {
      account: { host: world.azureAccount.url, id: AZURE_DATABRICKS_ACCOUNT },
      subscription_id: SUBSCRIPTION,
      resource_group_name: RESOURCE_GROUP,
      location: LOCATION,
      subnet_id: subnetId,
      nat_subnet_id: natSubnetId,
    };
    work = world.workspace(FIXTURE, 'by-hand');
    set({});
    await work.init();
  }, 2 * MINUTES);

  afterAll(async () => {
    await world?.stop();
  }, MINUTES);

  function set(changes: object): void {
    writeFileSync(join(work.folder, 'terraform.tfvars.json'), JSON.stringify({ ...given, ...changes }));
  }

  it(
    'is applied, and plans clean',
    async () => {
      await work.validate();
      const result = await work.apply();
      expect(result.ok, complaints(result) + world.azure.defects()).toBe(true);
      const plan = await work.plan();
      expect(plan.ok, complaints(plan)).toBe(true);
      expect(plan.changes).toEqual({});
      expect(world.azure.defects()).toBe('');
    },
    6 * MINUTES,
  );

  it(
    'is destroyed',
    async () => {
      const result = await work.destroy();
      expect(result.ok, complaints(result)).toBe(true);
      expect(world.azure.leftovers()).toEqual([]);
    },
    6 * MINUTES,
  );
});
