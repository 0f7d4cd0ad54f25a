import { afterAll, beforeAll, expect, it } from 'vitest';
import { RESOURCE_GROUP, SUBSCRIPTION } from './support/azure';
import { complaints } from './support/events';
import { describeWith } from './support/gate';
import type { Workspace } from './support/workspace';
import { AZURE_DATABRICKS_ACCOUNT, DATABRICKS_ACCOUNT, REGION, startWorld, type World } from './support/world';

describeWith(
  ['terraform', 'python3', 'moto', 'providers', 'azure providers'],
  'routers and their rules under one for_each',
  () => {
    let world: World;
    beforeAll(async () => {
      world = await startWorld('many modules', ['aws', 'azure']);
    });
    afterAll(async () => {
      await world?.stop();
    });

    /** Applied in one run, and planned again without a change. */
    async function applied(work: Workspace): Promise<Readonly<Record<string, unknown>>> {
      await work.init();
      const result = await work.apply();
      expect(result.ok, complaints(result)).toBe(true);
      const again = await work.plan();
      expect(again.ok, complaints(again)).toBe(true);
      expect(Object.entries(again.changes).filter(([, action]) => action !== 'read')).toEqual([]);
      return work.outputs();
    }

    it('on AWS: each endpoint is accepted at its own service, in one apply', async () => {
      const { vpcId, subnetIds } = await world.seedVpc();
      const many = world.example('aws-privatelink-router', 'examples/many', {
        variables: {
          vpc_id: vpcId,
          subnet_ids: subnetIds,
          databricks_account_id: DATABRICKS_ACCOUNT,
          deletion_protection: false,
        },
      });
      many.edit('main.tf', (text) => text.replace('https://accounts.cloud.databricks.com', world.account.url));
      const { accepted_endpoint_ids: accepted } = await applied(many);
      expect(accepted).toEqual({
        blue: expect.stringMatching(/^vpce-/),
        green: expect.stringMatching(/^vpce-/),
      });
      const { connections, loadBalancers } = await world.moto.inventory(REGION);
      expect(loadBalancers).toHaveLength(2);
      const states = connections.map(({ endpoint, state }) => [endpoint, state]);
      const endpoints = Object.values(accepted as Readonly<Record<string, string>>);
      expect(Object.fromEntries(states)).toEqual(Object.fromEntries(endpoints.map((id) => [id, 'available'])));
      const gone = await many.destroy();
      expect(gone.ok, complaints(gone)).toBe(true);
      expect(await world.leftovers()).toEqual([]);
    });

    it('on Azure: each endpoint is approved, in one apply', async () => {
      const { subnetId, natSubnetId } = world.azure.seedNetwork();
      const many = world.example('azure-privatelink-forwarder', 'examples/many', {
        variables: {
          subscription_id: SUBSCRIPTION,
          resource_group_name: RESOURCE_GROUP,
          subnet_id: subnetId,
          nat_subnet_id: natSubnetId,
          databricks_host: world.azureAccount.url,
          databricks_account_id: AZURE_DATABRICKS_ACCOUNT,
        },
      });
      await applied(many);
      const { privateLinkServices } = world.azure.inventory();
      expect(privateLinkServices.map(({ connections }) => connections.map(({ status }) => status))).toEqual([
        ['Approved'],
        ['Approved'],
      ]);
      expect(world.azureAccount.liveRules().map((rule) => rule.connection_state)).toEqual([
        'ESTABLISHED',
        'ESTABLISHED',
      ]);
      const gone = await many.destroy();
      expect(gone.ok, complaints(gone)).toBe(true);
      expect(world.azureAccount.liveRules()).toEqual([]);
    });
  },
);
