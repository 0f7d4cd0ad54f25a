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

/**
 * What `az` does with the commands that outputs give: the connections of a Private Link Service, approved, rejected or
 * deleted. Its arguments are judged as az judges them; it asks before it deletes unless `--yes` is given.
 */
export function azureCommand(azure: Azure, command: string): void {
  const [az, network, service, connection, verb, ...rest] = words(command);
  if ([az, network, service, connection].join(' ') !== 'az network private-link-service connection') {
    throw new Error(`no such command: ${command}`);
  }
  const given = options(rest);
  const place = ['--subscription', '--resource-group', '--service-name', '--name'];
  const value = (name: string): string => {
    const found = given.get(name) ?? '';
    if (found === '') throw new Error(`${command}: the following arguments are required: ${name}`);
    return found;
  };
  if (value('--subscription') !== SUBSCRIPTION || value('--resource-group') !== RESOURCE_GROUP) {
    throw new Error(`${command}: there is no such place`);
  }
  const found = azure.connection(value('--service-name'), value('--name'));
  if (found === undefined) throw new Error(`${command}: there is no such connection`);
  if (verb === 'update') {
    demandOptions(given, [...place, '--connection-status', '--description'], command);
    const status = value('--connection-status');
    if (status !== 'Approved' && status !== 'Rejected') throw new Error(`${command}: no such status`);
    azure.decide(found, status);
  } else if (verb === 'delete') {
    demandOptions(given, [...place, '--yes'], command);
    if (!given.has('--yes')) throw new Error(`${command}: waits for an answer`);
    azure.disconnect(found);
  } else throw new Error(`no such command: ${command}`);
}
