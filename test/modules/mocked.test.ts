import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { PROVIDER_REQUIREMENTS } from '../../src/bindings';
import type { ModuleName } from '../../src/modules';
import { describeWith } from '../terraform/support/gate';
import type { ProviderName } from '../terraform/support/providers';
import { Terraform } from './support/terraform';

const NETWORK =
  '/subscriptions/2f1c8a34-5b7e-4d0f-9c26-8e3a71b5d940/resourceGroups/rg-network/providers/Microsoft.Network/virtualNetworks/vnet-hub';

/** Calls as somebody who tests a configuration of their own has them, by the name of the call. */
const CALLS = {
  router: (more: string) => `module "router" {
  source     = "../modules/aws-privatelink-router"
  name       = "analytics"
  region     = "us-east-2"
  vpc_id     = "vpc-0a1b2c3d4e5f60718"
  subnet_ids = ["subnet-0a1b2c3d4e5f60718", "subnet-0b1c2d3e4f5061728"]
  ${more}
}`,
  forwarder: (more: string) => `module "forwarder" {
  source              = "../modules/azure-privatelink-forwarder"
  name                = "analytics"
  location            = "eastus2"
  resource_group_name = "rg-plr"
  subnet_id           = "${NETWORK}/subnets/forwarders"
  nat_subnet_id       = "${NETWORK}/subnets/private-link"
  resolvers           = ["10.0.0.2:5353"]
  ${more}
}`,
  databricks: (more: string) => `module "databricks" {
  source = "../modules/databricks-ncc-private-endpoints"
  ncc    = { name = "analytics", workspace_ids = ["1234567890123456"] }
  ${more}
}`,
};

const AWS_TARGETS = (more = '') => `targets = [
    { name = "orders-db", host = "10.40.7.12", preset = "postgres", domain = "orders.acme-data.com"${more} },
    { name = "ledger", host = "ledger.acme-data.com", port = 1521 },
    { name = "billing", host = "billing.acme-data.com", port = 1433, addresses = ["10.40.8.10"] },
  ]`;
const AZURE_TARGETS = 'targets = [{ name = "erp", host = "erp.corp.acme-data.com", preset = "oracle" }]';

const ON_AWS =
  'region = "us-east-2"\n  domain_names = ["orders.acme-data.com"]\n  endpoint_service = "com.amazonaws.vpce.us-east-2.vpce-svc-0a1b2c3d4e5f60718"';

/** Mocks that say nothing. */
const bare = (...providers: readonly ProviderName[]): string =>
  providers.map((name) => `mock_provider "${name}" {}\n`).join('');

/** Mocks with the answers that a module brings. */
const brought = (name: ProviderName, module: ModuleName): string =>
  `mock_provider "${name}" {\n  source = "../modules/${module}/tests/mocks/${name}"\n}\n`;

const PLAN = 'run "plan" {\n  command = plan\n}\n';
const APPLY = 'run "apply" {}\n';

describeWith(
  ['terraform', 'providers', 'azure providers'],
  'a configuration that calls modules, tested with mocks',
  () => {
    const terraform = new Terraform(['aws', 'azurerm', 'databricks', 'dns']);
    afterAll(() => terraform.remove());
    // Beside them, so that calls by a relative path lead there.
    terraform.modules();

    /** What `terraform test` says of these calls, with these tests. */
    function tested(providers: readonly ProviderName[], calls: string, tests: string): string {
      const required = providers.map((name) => `    ${name} = { source = "${PROVIDER_REQUIREMENTS[name].source}" }\n`);
      const root = terraform.root({
        'main.tf': `terraform {\n  required_providers {\n${required.join('')}  }\n}\n\n${calls}\n`,
      });
      mkdirSync(join(root, 'tests'));
      writeFileSync(join(root, 'tests', 'calls.tftest.hcl'), tests);
      terraform.must(root, 'init', '-input=false', '-no-color');
      return terraform.run(root, 'test', '-no-color').output;
    }

    it('plans the AWS module with mocks that say nothing', () => {
      const call = CALLS.router(`approval = "manual"\n  ${AWS_TARGETS()}`);
      expect(tested(['aws', 'dns'], call, `${bare('aws', 'dns')}${PLAN}`)).toContain('Success! 1 passed, 0 failed.');
    });

    it('plans the Azure module with mocks that say nothing', () => {
      const said = tested(['azurerm'], CALLS.forwarder(AZURE_TARGETS), `${bare('azurerm')}${PLAN}`);
      expect(said).toContain('Success! 1 passed, 0 failed.');
    });

    it('plans and applies the databricks module with mocks that say nothing', () => {
      const said = tested(['databricks'], CALLS.databricks(ON_AWS), `${bare('databricks')}${PLAN}${APPLY}`);
      expect(said).toContain('Success! 2 passed, 0 failed.');
    });

    it('applies AWS and Databricks, wired both ways, with the answers that the modules bring', () => {
      const group = ', security_group_ids = ["sg-0a1b2c3d4e5f60718"]';
      const calls = [
        CALLS.router(`private_endpoint_id = module.databricks.private_endpoint_id\n  ${AWS_TARGETS(group)}`),
        CALLS.databricks(`region = "us-east-2"
  domain_names     = module.router.domains
  endpoint_service = module.router.endpoint_service_name
  bind_after       = [module.router.accepted_endpoint_id]`),
        'output "accepted" {\n  value = module.router.accepted_endpoint_id\n}',
      ].join('\n');
      const mocks = [
        brought('aws', 'aws-privatelink-router'),
        brought('databricks', 'databricks-ncc-private-endpoints'),
        bare('dns'),
      ].join('');
      const asserted = `run "apply" {
  assert {
    condition     = output.accepted == "vpce-0a1b2c3d4e5f60718"
    error_message = "The endpoint that Databricks made is accepted."
  }
}
`;
      expect(tested(['aws', 'databricks', 'dns'], calls, `${mocks}${PLAN}${asserted}`)).toContain(
        'Success! 2 passed, 0 failed.',
      );
    });

    it('applies Azure and Databricks, wired both ways, with the answers that the modules bring', () => {
      const calls = [
        CALLS.forwarder(`private_endpoint_name = module.databricks.private_endpoint_name\n  ${AZURE_TARGETS}`),
        CALLS.databricks(`region = "eastus2"
  domain_names = module.forwarder.domains
  resource_id  = module.forwarder.private_link_service_id
  bind_after   = [module.forwarder.approved_deployment_id]`),
        'output "ports" {\n  value = module.forwarder.listener_ports\n}',
      ].join('\n');
      const mocks = [
        brought('azurerm', 'azure-privatelink-forwarder'),
        brought('databricks', 'databricks-ncc-private-endpoints'),
      ].join('');
      const asserted = `run "apply" {
  assert {
    condition     = output.ports == { erp = 10000 }
    error_message = "The target has its port."
  }
}
`;
      expect(tested(['azurerm', 'databricks'], calls, `${mocks}${PLAN}${asserted}`)).toContain(
        'Success! 2 passed, 0 failed.',
      );
    });

    it('begins with routers that have no target, and says of a rule without a name what to do', () => {
      const empty = 'targets = []';
      const routers = [CALLS.router(`approval = "manual"\n  ${empty}`), CALLS.forwarder(empty)].join('\n');
      expect(tested(['aws', 'azurerm', 'dns'], routers, `${bare('aws', 'azurerm', 'dns')}${PLAN}`)).toContain(
        'Success! 1 passed, 0 failed.',
      );
      const said = tested(
        ['databricks'],
        CALLS.databricks(ON_AWS.replace('["orders.acme-data.com"]', '[]')),
        `${bare('databricks')}${PLAN}`,
      );
      expect(said.replace(/\s+/g, ' ')).toContain(
        'where they are those of a router without targets, give it one first',
      );
    });
  },
);
