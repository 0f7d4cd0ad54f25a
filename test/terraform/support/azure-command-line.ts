import type { Azure } from './azure';
import { RESOURCE_GROUP, SUBSCRIPTION } from './azure';

/** The words of a command, quotes taken off. */
function words(command: string): readonly string[] {
  return [...command.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(
    ([, double, single, bare]) => double ?? single ?? bare ?? '',
  );
}

/** Options by name; one without a value is there, and empty. */
function options(rest: readonly string[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  rest.forEach((word, index) => {
    if (!word.startsWith('--')) return;
    const next = rest[index + 1];
    found.set(word, next === undefined || next.startsWith('--') ? '' : next);
  });
  return found;
}

function demandOptions(given: ReadonlyMap<string, string>, known: readonly string[], command: string): void {
  const unknown = [...given.keys()].filter((name) => !known.includes(name));
  if (unknown.length > 0) throw new Error(`${command}: az knows no ${unknown.join(', ')}`);
}

/** Service and connection that a command means: by `--ids`, or by their names and where they are. */
function placeIn(
  given: ReadonlyMap<string, string>,
  command: string,
): { readonly service: string; readonly name: string } {
  const id = given.get('--ids');
  if (id !== undefined) {
    const pattern = `^/subscriptions/${SUBSCRIPTION}/resourceGroups/${RESOURCE_GROUP}/providers/Microsoft.Network/privateLinkServices/([^/]+)/privateEndpointConnections/([^/]+)$`;
    const [, service, name] = new RegExp(pattern).exec(id) ?? [];
    if (service === undefined || name === undefined) throw new Error(`${command}: invalid resource ID`);
    return { service, name };
  }
  const [subscription, group, service = '', name = ''] = PLACE.map((option) => given.get(option));
  if (subscription !== SUBSCRIPTION || group !== RESOURCE_GROUP) throw new Error(`${command}: there is no such place`);
  return { service, name };
}

const PLACE = ['--subscription', '--resource-group', '--service-name', '--name'];

/**
 * What `az` does with the commands that outputs give: the connections of a Private Link Service, approved, rejected or
 * deleted. Its arguments are judged as az judges them.
 */
export function azureCommand(azure: Azure, command: string): void {
  const [az, network, group, connection, verb, ...rest] = words(command);
  if ([az, network, group, connection].join(' ') !== 'az network private-link-service connection') {
    throw new Error(`no such command: ${command}`);
  }
  const given = options(rest);
  demandOptions(
    given,
    [...PLACE, '--ids', ...(verb === 'update' ? ['--connection-status', '--description'] : [])],
    command,
  );
  const { service, name } = placeIn(given, command);
  const endpoint = azure.connection(service, name);
  if (endpoint === undefined) throw new Error(`${command}: there is no such connection`);
  const status = given.get('--connection-status');
  if (verb === 'delete') azure.disconnect(endpoint);
  else if (verb === 'update' && (status === 'Approved' || status === 'Rejected')) azure.decide(endpoint, status);
  else throw new Error(`no such command: ${command}`);
}
