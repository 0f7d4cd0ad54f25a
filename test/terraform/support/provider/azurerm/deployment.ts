import { ProviderError } from '../kind';
import type { ArmKind } from './arm-kind';
import { json, oneOf } from './checks';
import { GROUP_NAME } from './network';
import { object, objects, placeOf, text, type Values } from './shape';

export const templateDeployment: ArmKind = {
  type: 'azurerm_resource_group_template_deployment',
  replacing: ['name', 'resource_group_name'],
  checks: {
    resource_group_name: GROUP_NAME,
    deployment_mode: oneOf('Complete', 'Incremental'),
    template_content: json,
  },
  id: (planned, client) =>
    `/subscriptions/${client.subscriptionId}/resourceGroups/${text(planned.resource_group_name)}/providers/Microsoft.Resources/deployments/${text(planned.name)}`,
  write: async (client, id, planned) => {
    const content = text(planned.template_content);
    const body: Values = {
      tags: object(planned.tags),
      properties: { mode: planned.deployment_mode, template: JSON.parse(content) as Values, parameters: {} },
    };
    const judged = await client.post(`${id}/validate`, body);
    if (judged.error !== undefined) {
      throw new ProviderError(`validating Template Deployment: ${text(object(judged.error).message)}`);
    }
    await client.put(id, body);
  },
  read: async (client, id, state) => {
    const found = await client.get(id);
    if (found === undefined) return undefined;
    const { template } = await client.post(`${id}/exportTemplate`, {});
    const own = text(state.template_content);
    const same = own !== '' && canonical(JSON.parse(own)) === canonical(template);
    return {
      ...placeOf(id),
      deployment_mode: object(found.properties).mode,
      parameters_content: '{}',
      output_content: '{}',
      template_content: same ? own : JSON.stringify(template),
      tags: object(found.tags),
    };
  },
  // The resources that the deployment made go with it, as the provider's feature has it unless it is switched off.
  remove: async (client, id) => {
    const found = await client.get(id);
    for (const one of objects(object(found?.properties).outputResources)) await client.remove(text(one.id));
    await client.remove(id);
  },
};

function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, item: unknown) =>
    item !== null && typeof item === 'object' && !Array.isArray(item)
      ? Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1)))
      : item,
  );
}
