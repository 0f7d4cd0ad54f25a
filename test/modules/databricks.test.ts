import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inventoryJsonSchema } from '../../src/inventory';
import { RAISE_KEYS } from '../../src/limits';
import { MODULES, publishTrees } from '../../src/modules';
import { databricksModule } from '../../src/modules/databricks';
import { moduleJson } from '../../src/modules/main-json';
import { describeWith } from '../terraform/support/gate';
import { Terraform } from './support/terraform';

type Json = Record<string, never>;

const RULE = 'databricks_mws_ncc_private_endpoint_rule';
const main = moduleJson(databricksModule) as { resource: Json; locals: Json };

describe('the databricks module', () => {
  it('has the resources of a stack that has one shard, by its own names', () => {
    expect(Object.entries(main.resource).map(([type, names]) => [type, Object.keys(names)])).toEqual([
      ['databricks_mws_network_connectivity_config', ['ncc']],
      [RULE, ['this']],
      ['databricks_mws_ncc_binding', ['workspace']],
    ]);
  });

  it('makes the rule alike on both clouds: what has to be made first, the acceptance on AWS spreads to it', () => {
    expect(main).toHaveProperty(`resource.${RULE}.this.lifecycle`);
    expect(main).not.toHaveProperty(`resource.${RULE}.this.lifecycle.create_before_destroy`);
    expect(main).not.toHaveProperty(`resource.${RULE}.this.count`);
  });

  it('binds workspaces after the rule and after what the caller names', () => {
    expect(main).toHaveProperty('resource.databricks_mws_ncc_binding.workspace.depends_on', [
      `${RULE}.this`,
      'var.bind_after',
    ]);
  });

  it('counts by names alone, since an id may be unknown at plan', () => {
    const counted = JSON.stringify(main).match(/"(count|for_each)":"[^"]*"/g) ?? [];
    expect(counted).toEqual([
      '"count":"${var.ncc.name == null ? 0 : 1}"',
      '"for_each":"${toset(local.workspace_ids)}"',
    ]);
  });
});

describe("the module's inputs", () => {
  const properties = (key: string): Json => {
    const steps = key.replace('routers.*', 'properties.routers.additionalProperties').split('.');
    const path = steps.flatMap((step) =>
      /^(properties|additionalProperties|routers)$/.test(step) ? [step] : ['properties', step],
    );
    return path.reduce<Json>((at, step) => at[step] ?? ({} as Json), inventoryJsonSchema() as Json);
  };
  const snake = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  const attributes = (type: string) => [...type.matchAll(/^ {2}(\w+)\s*=/gm)].map(([, name]) => name);

  it.each(databricksModule.inputs.filter(({ inventory }) => inventory !== undefined))(
    "$name is called as the inventory's $inventory",
    ({ name, inventory = '' }) => {
      const schema = properties(inventory);
      expect(schema, `${inventory} is no key of the inventory`).toHaveProperty('description');
      expect(name).toBe(snake(inventory.split('.').at(-1) ?? ''));
    },
  );

  it('ncc has the keys of the inventory', () => {
    const { ncc } = Object.fromEntries(databricksModule.inputs.map((input) => [input.name, input]));
    const keys = Object.keys(properties('routers.*.ncc').properties ?? {}).map(snake);
    // A module's caller has the NCC of another router, or one by its name, at hand as an id.
    expect([...attributes(ncc?.type ?? ''), 'existing', 'router'].sort()).toEqual(keys.sort());
  });

  it('limits has what Databricks raises for a rule, and regions', () => {
    const { limits } = Object.fromEntries(databricksModule.inputs.map((input) => [input.name, input]));
    const raised = [...RAISE_KEYS]
      .filter(([, id]) => id.startsWith('databricks.domainsPerRule'))
      .map(([key]) => snake(key));
    expect(attributes(limits?.type ?? '').sort()).toEqual([...raised, 'regions'].sort());
  });
});

describeWith(['terraform', 'providers'], 'the databricks module and terraform', () => {
  const terraform = new Terraform(['databricks']);
  let folder = '';
  beforeAll(() => {
    folder = `${terraform.modules()}/databricks-ncc-private-endpoints`;
  });
  afterAll(() => terraform.remove());

  it('passes its own tests, without credentials', () => {
    terraform.must(folder, 'init', '-input=false', '-no-color');
    expect(terraform.must(folder, 'test', '-no-color')).toMatch(/Success! (1[3-9]|[2-9]\d) passed, 0 failed/);
  });

  it.each(['basic', 'complete'])('has an example that is valid: %s', (example) => {
    terraform.must(`${folder}/examples/${example}`, 'init', '-input=false', '-no-color');
    terraform.must(`${folder}/examples/${example}`, 'validate', '-no-color');
  });

  it('is valid as its repository has it', () => {
    const root = terraform.root();
    publishTrees(root, MODULES, 'acme');
    const repository = `${root}/terraform-databricks-ncc-private-endpoints`;
    terraform.must(`${repository}/examples/basic`, 'init', '-input=false', '-no-color');
    terraform.must(`${repository}/examples/basic`, 'validate', '-no-color');
    expect(terraform.must(root, 'fmt', '-check', '-diff', '-recursive')).toBe('');
  });

  it('is laid out as terraform fmt leaves it', () => {
    expect(terraform.must(folder, 'fmt', '-check', '-diff', '-recursive')).toBe('');
  });
});
