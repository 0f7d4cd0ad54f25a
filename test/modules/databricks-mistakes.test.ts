import { afterAll, expect, it } from 'vitest';
import { describeWith } from '../terraform/support/gate';
import { type Arguments, Terraform } from './support/terraform';

const MODULE = 'databricks-ncc-private-endpoints';
const HEAD = `terraform {
  required_providers {
    databricks = { source = "databricks/databricks" }
  }
}
provider "databricks" {
  host       = "https://accounts.cloud.databricks.com"
  account_id = "7a99b43c-b46c-432b-b0a7-814217701909"
}
resource "terraform_data" "unknown" {}`;

const SERVICE = '"com.amazonaws.vpce.us-east-2.vpce-svc-0a1b2c3d4e5f60718"';
const PLS =
  '"/subscriptions/0f5b6c1e-0000-4000-8000-1a2b3c4d5e6f/resourceGroups/rg/providers/Microsoft.Network/privateLinkServices/plr"';
const NCC_ID = '7a99b43c-0000-4000-8000-814217701909';

const AWS: Arguments = {
  region: '"us-east-2"',
  ncc: '{ name = "analytics-use2", workspace_ids = ["1234567890123456"] }',
  domain_names: '["orders.example.com"]',
  endpoint_service: SERVICE,
};
const AZURE: Arguments = {
  region: '"eastus2"',
  ncc: AWS.ncc ?? '',
  domain_names: AWS.domain_names ?? '',
  resource_id: PLS,
};
const eleven = '[for n in range(11) : "db${n}.example.com"]';

/** Arguments that are wrong, and the words that a plan has for them. */
const MISTAKES: Readonly<Record<string, readonly [Arguments, RegExp]>> = {
  region_display_name: [
    { ...AZURE, region: '"East US 2"' },
    /region, "East US 2", is not a region of AWS or a location of Azure\. Write a region such as us-east-2/,
  ],
  region_unknown: [
    { ...AWS, region: '"us-east-9"', endpoint_service: '"com.amazonaws.vpce.us-east-9.vpce-svc-0a1b2c3d4e5f60718"' },
    /region, "us-east-9", is not a region .* known to have Databricks\..* limits = \{ regions/,
  ],
  region_of_another_partition: [
    { ...AWS, region: '"cn-north-1"', limits: '{ regions = ["cn-north-1"] }' },
    /region is "cn-north-1", in a partition of AWS.*limits\.regions does not change this/,
  ],
  region_of_another_azure: [
    { ...AZURE, region: '"usgovvirginia"', limits: '{ regions = ["usgovvirginia"] }' },
    /region, "usgovvirginia", is of another cloud of Azure/,
  ],
  region_of_other_cloud: [
    { ...AZURE, region: '"us-east-2"' },
    /region, "us-east-2", is a region of AWS, and resource_id is a Private Link Service of Azure/,
  ],
  service_of_other_region: [
    { ...AWS, region: '"us-west-2"' },
    /endpoint_service, "com\.amazonaws\.vpce\.us-east-2\..*", is not in region "us-west-2"/,
  ],
  service_in_azure: [{ ...AWS, region: '"eastus2"' }, /endpoint_service, ".*", is not in region "eastus2"/],
  ncc_both: [
    { ...AWS, ncc: `{ name = "a-name", id = "${NCC_ID}" }` },
    /ncc has a name \(a new one\) and an id \(one that exists\); remove one/,
  ],
  ncc_neither: [{ ...AWS, ncc: '{}' }, /ncc has neither a name nor an id; write the name of a new one/],
  ncc_name_short: [{ ...AWS, ncc: '{ name = "ab" }' }, /ncc\.name, "ab", is no name of an NCC: 3 to 30 letters/],
  ncc_name_long: [{ ...AWS, ncc: `{ name = "${'a'.repeat(31)}" }` }, /ncc\.name, "a{31}", is no name of an NCC/],
  ncc_name_characters: [{ ...AWS, ncc: '{ name = "analytics use2" }' }, /ncc\.name, "analytics use2", is no name/],
  ncc_id_composite: [
    { ...AWS, ncc: `{ id = "7a99b43c-b46c-432b-b0a7-814217701909/${NCC_ID}" }` },
    /ncc\.id, .* holds a slash; the id of an NCC is a UUID alone\. Write the part after the slash/,
  ],
  ncc_id_no_uuid: [{ ...AWS, ncc: '{ id = "analytics" }' }, /ncc\.id, "analytics", is not the id of an NCC, a UUID/],
  ncc_id_nil: [{ ...AWS, ncc: '{ id = "00000000-0000-0000-0000-000000000000" }' }, /is not the id of an NCC/],
  workspace_name: [
    { ...AWS, ncc: '{ name = "abc", workspace_ids = ["analytics"] }' },
    /ncc\.workspace_ids\[0\], "analytics", is not the id of a workspace/,
  ],
  workspace_large: [
    { ...AWS, ncc: '{ name = "abc", workspace_ids = ["9223372036854775808"] }' },
    /ncc\.workspace_ids\[0\], "9223372036854775808", is not the id of a workspace/,
  ],
  workspace_twice: [
    { ...AWS, ncc: '{ name = "abc", workspace_ids = ["1", "2", "1"] }' },
    /ncc\.workspace_ids\[2\] is ncc\.workspace_ids\[0\] again, "1"; remove one of the two/,
  ],
  workspaces_51: [
    { ...AWS, ncc: '{ name = "abc", workspace_ids = [for n in range(51) : tostring(n + 1)] }' },
    /51 workspaces; at most 50 are bound to one NCC/,
  ],
  domains_none: [{ ...AWS, domain_names: '[]' }, /domain_names is empty; a rule has at least one/],
  domains_11: [
    { ...AWS, domain_names: eleven },
    /domain_names holds 11 different names; a rule takes 10\. Call the module once more/,
  ],
  domains_11_aws_raised: [
    { ...AWS, domain_names: eleven, limits: '{ domains_per_rule_azure = 100 }' },
    /holds 11 different names; a rule takes 10/,
  ],
  domains_101_azure: [
    {
      ...AZURE,
      domain_names: '[for n in range(101) : "db${n}.example.com"]',
      limits: '{ domains_per_rule_azure = 100 }',
    },
    /holds 101 different names; a rule takes 100/,
  ],
  domain_wildcard: [
    { ...AWS, domain_names: '["a.example.com", "*.example.com"]' },
    /domain_names\[1\], "\*\.example\.com", is a wildcard; only exact names/,
  ],
  domain_url: [
    { ...AWS, domain_names: '["https://a.example.com"]' },
    /domain_names\[0\], .* is a URL; a host is a name without a scheme/,
  ],
  domain_port: [{ ...AWS, domain_names: '["a.example.com:5432"]' }, /holds a port; a host is a name alone/],
  domain_address: [
    { ...AWS, domain_names: '["10.0.0.1"]' },
    /"10\.0\.0\.1", is an address; Databricks registers names only/,
  ],
  domain_ipv6: [{ ...AWS, domain_names: '["fd00::1"]' }, /is an IPv6 address/],
  domain_underscore: [{ ...AWS, domain_names: '["a_b.example.com"]' }, /holds an underscore/],
  domain_one_label: [{ ...AWS, domain_names: '["database"]' }, /has no dot; a name of one label/],
  domain_letters: [
    { ...AWS, domain_names: '["dätenbank.example.com"]' },
    /holds letters outside ASCII\. Write the name as DNS has it, xn--/,
  ],
  domain_null: [{ ...AWS, domain_names: '[null]' }, /domain_names\[0\] is null; a host is expected/],
  domain_private_azure: [
    { ...AZURE, domain_names: '["db.corp.internal"]' },
    /Databricks on Azure registers no names under a private-use suffix, and there are db\.corp\.internal/,
  ],
  service_none: [
    { ...AWS, endpoint_service: 'null' },
    /Neither endpoint_service nor resource_id is given; a rule leads to one service/,
  ],
  service_both: [{ ...AWS, resource_id: PLS }, /Both endpoint_service and resource_id are given/],
  service_id: [
    { ...AWS, endpoint_service: '"vpce-svc-0a1b2c3d4e5f60718"' },
    /endpoint_service, "vpce-svc-.*", is not the name of an endpoint service: com\.amazonaws\.vpce/,
  ],
  service_arn: [
    { ...AWS, endpoint_service: '"arn:aws:elasticloadbalancing:us-east-2:123456789012:loadbalancer/net/x/1"' },
    /is not the name of an endpoint service.*not the id, the ARN or the load balancer/,
  ],
  resource_alias: [
    { ...AZURE, resource_id: '"plr.0f5b6c1e.eastus2.azure.privatelinkservice"' },
    /is the alias of a Private Link Service; Databricks takes its id/,
  ],
  resource_load_balancer: [
    {
      ...AZURE,
      resource_id:
        '"/subscriptions/0f5b6c1e-0000-4000-8000-1a2b3c4d5e6f/resourceGroups/rg/providers/Microsoft.Network/loadBalancers/x"',
    },
    /is a load balancer; Databricks takes the Private Link Service before it/,
  ],
  resource_other: [{ ...AZURE, resource_id: '"plr"' }, /resource_id, "plr", is not the id of a Private Link Service/],
  limit_fraction: [
    { ...AZURE, limits: '{ domains_per_rule_azure = 10.5 }' },
    /limits\.domains_per_rule_azure, 10\.5, is no whole number from 1 on/,
  ],
};

/** Arguments that nothing is wrong with, as far as a plan can see. */
const FINE: Readonly<Record<string, Arguments>> = {
  aws: AWS,
  azure: AZURE,
  ncc_by_unknown_id: { ...AWS, ncc: '{ id = terraform_data.unknown.id }' },
  unknown_service: { ...AWS, endpoint_service: 'terraform_data.unknown.id' },
  unknown_resource: { ...AZURE, resource_id: 'terraform_data.unknown.id' },
  unknown_domain: { ...AWS, domain_names: '["${terraform_data.unknown.id}.example.com", "A.example.com."]' },
  unknown_after: { ...AWS, bind_after: '[terraform_data.unknown.id]' },
  null_after: { ...AWS, bind_after: '[null]' },
  azure_raised: { ...AZURE, domain_names: eleven, limits: '{ domains_per_rule_azure = 100 }' },
  new_region: { ...AZURE, region: '"newlandnorth"', limits: '{ regions = ["newlandnorth"] }' },
  domain_repeated: { ...AWS, domain_names: '["a.example.com", "A.Example.com", "a.example.com."]' },
  private_name_aws: { ...AWS, domain_names: '["db.corp.internal"]' },
  text_that_looks_like_code: {
    ...AWS,
    domain_names: '["a.example.com"]',
    ncc: '{ name = "abc", workspace_ids = [12] }',
  },
  terraform_counts: { ...AWS, count: '2' },
};

describeWith(['terraform', 'providers'], 'what a plan says of the databricks module', () => {
  const terraform = new Terraform(['databricks']);
  afterAll(() => terraform.remove());
  let said: Readonly<Record<string, readonly string[]>> = {};

  it('is something of each mistake, and nothing of what is fine', () => {
    const wrong = Object.fromEntries(Object.entries(MISTAKES).map(([name, [args]]) => [name, args]));
    said = terraform.errorsOf(MODULE, HEAD, { ...wrong, ...FINE });
    expect(Object.keys(said).sort()).toEqual(Object.keys(MISTAKES).sort());
  });

  it.each(Object.entries(MISTAKES))('is clear where %s is wrong', (name, [, words]) => {
    expect(said[name]).toHaveLength(1);
    expect(said[name]?.[0]).toMatch(words);
  });
});
