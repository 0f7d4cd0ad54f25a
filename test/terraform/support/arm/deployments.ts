import { childId, type ResourceId, readId } from './ids';
import { type JsonObject, object, objects, text } from './json';
import { kind, type Resource } from './kind';
import { demand, Refusal } from './refusal';
import type { Store } from './store';

export const deployments = kind('Microsoft.Resources/deployments', { name: /^[-\w._()]{1,64}$/ });

/** The id of a template's resource: `type` and `name` give kinds and names in pairs. */
function pathOf(id: ResourceId, entry: JsonObject): string {
  const [namespace = '', ...kinds] = text(entry.type).split('/');
  const names = text(entry.name).split('/');
  demand(
    kinds.length === names.length,
    'InvalidTemplate',
    `The template resource '${entry.name}' for type '${entry.type}' has incorrect segment lengths.`,
  );
  const group = `/subscriptions/${id.subscription}/resourceGroups/${id.group}/providers/${namespace}`;
  return kinds.reduce((path, one, index) => childId(path, one, names[index] ?? ''), group);
}

/** The resources of a template that holds literals only: functions of templates are not evaluated here. */
function entries(body: JsonObject): readonly JsonObject[] {
  const template = object(object(body.properties).template);
  demand(Object.keys(template).length > 0, 'InvalidTemplate', 'The deployment has no template.');
  const found = objects(template.resources);
  for (const entry of found) {
    demand(
      text(entry.apiVersion) !== '',
      'InvalidTemplate',
      `The template resource '${entry.name}' has no apiVersion.`,
    );
    for (const value of [entry.name, entry.type]) {
      demand(
        !text(value).startsWith('['),
        'InvalidTemplate',
        `The stand-in evaluates no template functions: ${value}.`,
      );
    }
  }
  return found;
}

/** What `validate` answers: an error in the body, not in the status. */
export function validateDeployment(id: ResourceId, body: JsonObject): JsonObject {
  try {
    for (const entry of entries(body)) pathOf(id, entry);
    return { properties: { provisioningState: 'Succeeded' } };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { error: { code: error.code, message: error.message } };
  }
}

/** Deploys incrementally; the templates that were deployed are remembered, to be exported. */
export function deploy(
  store: Store,
  id: ResourceId,
  body: JsonObject,
  templates: Map<string, JsonObject>,
): { resource: Resource; made: boolean } {
  const { mode, template, parameters } = object(body.properties);
  demand(mode === 'Incremental', 'InvalidDeploymentMode', 'The stand-in deploys incrementally only.');
  const made = entries(body).map((entry) => {
    const path = pathOf(id, entry);
    const wanted = readId(path);
    if (wanted === undefined) throw new Refusal('InvalidTemplate', `${path} names no resource.`);
    const { type, name, apiVersion, dependsOn, ...rest } = entry;
    return store.write(wanted, rest).resource;
  });
  templates.set(id.path.toLowerCase(), object(template));
  const namespaces = [...new Set(made.map(({ type }) => type.slice(0, type.indexOf('/'))))];
  return store.write(id, {
    tags: object(body.tags),
    properties: {
      mode,
      parameters: object(parameters),
      outputs: {},
      dependencies: [],
      outputResources: made.map((resource) => ({ id: resource.id })),
      providers: namespaces.map((namespace) => ({
        namespace,
        resourceTypes: made
          .filter(({ type }) => type.startsWith(`${namespace}/`))
          .map(({ type }) => ({ resourceType: type.slice(namespace.length + 1), locations: [null] })),
      })),
    },
  });
}
