import { terraformValue } from '../src/constructs';
import { connectionsOf } from '../src/flows';
import { compareText, defined, type PlannedRouter } from '../src/model';

/** One output of the stack. */
export interface Output {
  readonly description: string;
  readonly value: unknown;
}

/** What to dial for each target and where it leads, by target; one of several domains is an entry for each, `target/domain`. */
export function connections(router: PlannedRouter): Record<string, Record<string, string | number>> {
  const all = connectionsOf(router);
  const number = new Map(all.map(({ target }) => [target, 0]));
  for (const { target } of all) number.set(target, (number.get(target) ?? 0) + 1);
  const rows = all.map(
    ({
      target,
      domain,
      listenerPort,
      shard,
      host,
      port,
      owner,
      description,
    }): [string, Record<string, string | number>] => [
      number.get(target) === 1 ? target : `${target}/${domain}`,
      { domain, listener_port: listenerPort, shard, host, port, ...defined({ owner, description }) },
    ],
  );
  return terraformValue(Object.fromEntries(rows.sort(([a], [b]) => compareText(a, b))));
}

/**
 * What the output `next_steps` says after `teardown: prepare`.
 *
 * @param before sentences of what has to be done before the router is destroyed
 */
export function nextSteps(router: PlannedRouter, before: readonly string[]): string {
  const steps = [
    `Deletion protection of ${router.deployment} is off.`,
    ...before,
    'Then set teardown: destroy for this router, write the Terraform again and apply it.',
    'The workspaces stay attached to the network connectivity configuration, which stays too: Terraform forgets both, and ncc: { id } takes it back.',
  ];
  return steps.join(' ');
}
