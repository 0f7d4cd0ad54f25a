import { mkdirSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { MODULES, MODULES_VERSION, publishTrees, repositoryName } from '../../src/modules';
import { describeWith } from '../terraform/support/gate';
import { Terraform } from './support/terraform';

const REGISTRY = 'registry.terraform.io';
const NETWORK =
  '/subscriptions/2f1c8a34-5b7e-4d0f-9c26-8e3a71b5d940/resourceGroups/rg-network/providers/Microsoft.Network/virtualNetworks/vnet-hub';

/** What each cloud's example `many` is given, and the mocks with which it is planned. */
const CLOUDS = [
  {
    module: 'aws-privatelink-router',
    call: 'router',
    mocks: ['aws', 'databricks', 'dns'],
    variables: {
      vpc_id: 'vpc-0a1b2c3d4e5f60718',
      subnet_ids: ['subnet-0a1b2c3d4e5f60718', 'subnet-0b1c2d3e4f5061728'],
      databricks_account_id: '7a99b43c-b46c-432b-b0a7-814217701909',
    },
    /** Both calls under for_each, each given what the other has under the same key. */
    looped: `module "router" {
  source              = "../modules/aws-privatelink-router"
  for_each            = toset(["blue", "green"])
  name                = each.key
  region              = "us-east-2"
  vpc_id              = "vpc-0a1b2c3d4e5f60718"
  subnet_ids          = ["subnet-0a1b2c3d4e5f60718", "subnet-0b1c2d3e4f5061728"]
  private_endpoint_id = module.databricks[each.key].private_endpoint_id
  targets             = [{ name = "orders-db", host = "10.40.7.12", preset = "postgres", domain = "\${each.key}.acme-data.com" }]
}
module "databricks" {
  source           = "../modules/databricks-ncc-private-endpoints"
  for_each         = toset(["blue", "green"])
  region           = "us-east-2"
  ncc              = { name = "ncc-\${each.key}" }
  domain_names     = module.router[each.key].domains
  endpoint_service = module.router[each.key].endpoint_service_name
  bind_after       = [module.router[each.key].accepted_endpoint_id]
}
`,
  },
  {
    module: 'azure-privatelink-forwarder',
    call: 'forwarder',
    mocks: ['azurerm', 'databricks'],
    variables: {
      subscription_id: '2f1c8a34-5b7e-4d0f-9c26-8e3a71b5d940',
      resource_group_name: 'rg-plr',
      subnet_id: `${NETWORK}/subnets/forwarders`,
      nat_subnet_id: `${NETWORK}/subnets/private-link`,
      databricks_account_id: '1c0ffee0-b46c-432b-b0a7-814217701909',
    },
    looped: `module "forwarder" {
  source                = "../modules/azure-privatelink-forwarder"
  count                 = 2
  name                  = "router-\${count.index}"
  location              = "eastus2"
  resource_group_name   = "rg-plr"
  subnet_id             = "${NETWORK}/subnets/forwarders"
  nat_subnet_id         = "${NETWORK}/subnets/private-link"
  private_endpoint_name = module.databricks[count.index].private_endpoint_name
  targets               = [{ name = "erp", host = "erp.corp.acme-data.com", preset = "oracle" }]
}
module "databricks" {
  source       = "../modules/databricks-ncc-private-endpoints"
  count        = 2
  region       = "eastus2"
  ncc          = { name = "ncc-\${count.index}" }
  domain_names = module.forwarder[count.index].domains
  resource_id  = module.forwarder[count.index].private_link_service_id
  bind_after   = [module.forwarder[count.index].approved_deployment_id]
}
`,
  },
] as const;

describeWith(['terraform', 'providers', 'azure providers'], 'many routers of one configuration', () => {
  const terraform = new Terraform(['aws', 'azurerm', 'databricks', 'dns']);
  afterAll(() => terraform.remove());

  describe.each(CLOUDS)('$module', ({ module, call, mocks, variables, looped }) => {
    /** Plans an example with mocks that say nothing. */
    function planned(example: string): void {
      const own = join(example, 'tests');
      mkdirSync(own, { recursive: true });
      const providers = mocks.map((name) => `mock_provider "${name}" {}\n`).join('');
      const names = `toset([for key, pair in output.connections : key]) == toset(["blue", "green"])`;
      const asserted = `run "plan" {\n  command = plan\n  assert {\n    condition     = ${names}\n    error_message = "There is a router for each key."\n  }\n}\n`;
      writeFileSync(join(own, 'many.tftest.hcl'), `${providers}${asserted}`);
      writeFileSync(join(example, 'terraform.tfvars.json'), JSON.stringify(variables));
      terraform.must(example, 'init', '-input=false', '-no-color');
      expect(terraform.must(example, 'validate', '-no-color')).toContain('The configuration is valid');
      const { output } = terraform.run(example, 'test', '-no-color');
      expect(output).toContain('Success! 1 passed, 0 failed.');
    }

    it('is a cycle where both calls stand under for_each or count: what the README says of Terraform is so', () => {
      terraform.modules();
      const root = terraform.root({ 'main.tf': looped });
      const { code, output } = terraform.run(root, 'init', '-input=false', '-no-color');
      expect(code, output).toBe(0);
      expect(terraform.run(root, 'validate', '-no-color').output).toContain('Error: Cycle');
    });

    it('is none where a module of both stands under for_each: the example many', () => {
      planned(join(terraform.modules(), module, 'examples', 'many'));
    });

    it('is none in the published repository either, where the neighbour comes from the registry', () => {
      const trees = terraform.root();
      publishTrees(trees, MODULES, 'acme');
      const definition = MODULES.find(({ name }) => name === module);
      if (definition === undefined) throw new Error(`there is no module ${module}`);
      const example = join(trees, repositoryName(definition), 'examples', 'many');
      // As terraform leaves it after it has fetched the neighbour from the registry.
      const neighbour = join(trees, 'terraform-databricks-ncc-private-endpoints');
      const installed = [
        { Key: '', Source: '', Dir: '.' },
        { Key: 'pair', Source: './pair', Dir: 'pair' },
        { Key: `pair.${call}`, Source: '../../..', Dir: '../..' },
        {
          Key: 'pair.databricks',
          Source: `${REGISTRY}/acme/ncc-private-endpoints/databricks`,
          Version: MODULES_VERSION,
          Dir: relative(example, neighbour),
        },
      ];
      mkdirSync(join(example, '.terraform', 'modules'), { recursive: true });
      writeFileSync(join(example, '.terraform', 'modules', 'modules.json'), JSON.stringify({ Modules: installed }));
      planned(example);
    });
  });
});
