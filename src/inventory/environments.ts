import { readdirSync } from 'node:fs';
import { basename, dirname, extname, resolve } from 'node:path';
import { deploymentName } from '../model';
import { stateKeys } from './checks/backend';
import type { CheckContext } from './checks/context';
import { errorAt, type Fault, fault, type InventoryFinding, quote } from './findings';
import { type MapNode, nodeAt } from './source/source-node';
import { NAME_FORM } from './values/forms';

/** The overlay of an environment, named as the inventory was: `plr.yaml`, `prod` → `plr.prod.yaml`. */
export function overlayFile(file: string, env: string): string {
  const extension = extname(file);
  return `${file.slice(0, file.length - extension.length)}.${env}${extension}`;
}

/** Why a word cannot name an environment, or undefined. */
export function envFault(env: string): Fault | undefined {
  if (/^[a-z0-9][a-z0-9-]{0,62}$/.test(env) && env !== 'lock') return undefined;
  return fault(
    'PLR1019',
    env === 'lock'
      ? 'An environment cannot be called lock: the lock file bears that name.'
      : `${quote(env)} cannot name an environment: lower-case letters, digits and hyphens, at most 63 characters.`,
    'Name the environment otherwise, and its overlay with it.',
  );
}

/** The environments that have an overlay beside the inventory, sorted. */
export function environmentsOf(file: string, cwd: string): readonly string[] {
  const extension = extname(file);
  const prefix = `${basename(file, extension)}.`;
  let names: string[];
  try {
    names = readdirSync(dirname(resolve(cwd, file)));
  } catch {
    return [];
  }
  return names
    .filter(
      (name) => name.startsWith(prefix) && name.endsWith(extension) && name.length > prefix.length + extension.length,
    )
    .map((name) => name.slice(prefix.length, name.length - extension.length))
    .filter((env) => envFault(env) === undefined)
    .sort();
}

/** Another environment, or the inventory without any, as far as its files could be read. */
export interface OtherDeployment {
  readonly env: string | undefined;
  readonly root: MapNode;
}

/** Stacks and states of this run that another environment has as well. */
export function* checkEnvironments(
  context: CheckContext,
  others: readonly OtherDeployment[],
): Iterable<InventoryFinding> {
  const states = stateKeys(context.root, context.env);
  for (const { env, root } of others) {
    const who = env === undefined ? 'without an environment' : `in the environment ${env}`;
    const theirs = new Map(routerNames(root).map((router) => [deploymentName(router, env), router]));
    for (const router of routerNames(context.root)) {
      const deployment = deploymentName(router, context.env);
      const other = theirs.get(deployment);
      if (other === undefined || !NAME_FORM.test(router)) continue;
      const reason = fault(
        'PLR1321',
        `The stack of this router is called ${deployment}, as is the one of the router ${other} ${who}.`,
        'Rename one of the two routers.',
      );
      yield errorAt(['routers', router], reason, { at: 'key' });
    }
    // Without an environment {env} is empty: whoever uses environments does not run that way.
    if (env === undefined || context.env === undefined) continue;
    const others = new Map([...stateKeys(root, env)].map(([deployment, key]) => [key, deployment]));
    const shared = [...states].find(([, key]) => others.has(key));
    if (shared === undefined) continue;
    const reason = fault(
      'PLR1323',
      `The stack ${shared[0]} would write the same Terraform state as ${others.get(shared[1])} ${who}.`,
      'Put {env} into the key of the state, or give each overlay another key.',
    );
    yield errorAt(['terraform', 'backend'], reason);
  }
}

function routerNames(root: MapNode): string[] {
  const routers = nodeAt(root, ['routers'])?.node;
  return routers?.kind === 'map' ? [...routers.entries.keys()] : [];
}
