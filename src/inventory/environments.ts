import { existsSync, readdirSync } from 'node:fs';
import { basename, dirname, extname, resolve } from 'node:path';
import { deploymentName, didYouMean, NAME_FORM, suggestion } from '../model';
import { stateKeys, stateTexts } from './checks/backend';
import type { CheckContext } from './checks/context';
import { errorAt, type Fault, fault, type InventoryFinding, quote } from './findings';
import { type MapNode, nodeAt } from './source/source-node';

/** The overlay of an environment, named as the inventory was: `plr.yaml`, `prod` → `plr.prod.yaml`. */
export function overlayFile(file: string, env: string): string {
  const extension = extname(file);
  return `${file.slice(0, file.length - extension.length)}.${env}${extension}`;
}

/** Why a word cannot name an environment, or undefined. `known` are those that there are. */
export function envFault(env: string, known: readonly string[] = []): Fault | undefined {
  if (/^[a-z0-9][a-z0-9-]{0,62}$/.test(env) && env !== 'lock') return undefined;
  return fault(
    'PLR1019',
    env === 'lock'
      ? 'An environment cannot be called lock: the lock file bears that name.'
      : `${quote(env)} cannot name an environment: lower-case letters, digits and hyphens, at most 63 characters.${suggestion(env, known)}`,
    known.length === 0
      ? 'Name the environment otherwise, and its overlay with it.'
      : `Name one of ${known.join(', ')}, or give the environment and its overlay another name.`,
  );
}

/** What to do about an environment that has no overlay: its file, and those that there are. */
export function noOverlay(file: string, cwd: string, env: string): Fault {
  const overlay = overlayFile(file, env);
  const other = otherEnding(overlay, cwd);
  const message = `The environment ${env} has no overlay: there is no file ${overlay}`;
  if (other !== undefined) {
    return fault('PLR1018', `${message}, but ${other}.`, `Rename ${other} to ${overlay}: ${SAME_ENDING}.`);
  }
  const known = environmentsOf(file, cwd);
  const meant = didYouMean(env, known);
  const write = `write ${overlay} (\`{}\` where nothing differs)`;
  return fault(
    'PLR1018',
    `${message}.${meant === undefined ? '' : ` Did you mean "${meant}"?`}`,
    known.length === 0 ? `Run without --env, or ${write}.` : `Name one of ${known.join(', ')}, or ${write}.`,
  );
}

const SAME_ENDING = 'an overlay has the ending of its inventory';

/** The endings that an inventory may have; one person writes `.yml` where another writes `.yaml`. */
const ENDINGS = ['.yaml', '.yml', '.json'];

/** The file of this name with another of the endings, if there is one. */
export function otherEnding(file: string, cwd: string): string | undefined {
  const extension = extname(file);
  const stem = file.slice(0, file.length - extension.length);
  return ENDINGS.filter((ending) => ending !== extension)
    .map((ending) => stem + ending)
    .find((other) => existsSync(resolve(cwd, other)));
}

/** Overlays that nobody reads, since their ending is not the inventory's. */
export function strayOverlays(file: string, cwd: string): readonly { readonly file: string; readonly reason: Fault }[] {
  const extension = extname(file);
  const other = { '.yaml': '.yml', '.yml': '.yaml' }[extension];
  if (other === undefined) return [];
  const asIf = file.slice(0, file.length - extension.length) + other;
  return environmentsOf(asIf, cwd).map((env) => {
    const stray = overlayFile(asIf, env);
    const message = `${stray} is not read: ${SAME_ENDING}, ${extension}.`;
    return { file: stray, reason: fault('PLR1022', message, `Rename it to ${overlayFile(file, env)}.`) };
  });
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

/** An environment, or the inventory without any, as far as its files could be read. */
export interface Deployment {
  readonly env: string | undefined;
  readonly root: MapNode;
  /** An overlay is there to be deployed; beside overlays the inventory alone is only once it has a lock of its own. */
  readonly deployed: boolean;
}

/** Stacks and states of this run that another environment has as well. */
export function* checkEnvironments(context: CheckContext, others: readonly Deployment[]): Iterable<InventoryFinding> {
  for (const other of others) yield* sameStacks(context, other);
  const texts = stateTexts(context.root);
  const place = texts.at(-1)?.path;
  if (place === undefined) return;
  if (context.env !== undefined && !texts.some(({ text, overlaid }) => overlaid || text.includes('{env}'))) {
    const message = `The environment ${context.env} would write the same Terraform state as every other one.`;
    yield errorAt(place, fault('PLR1323', message, STATE_FIX));
    return;
  }
  for (const other of others) {
    const message = sameState(context, other);
    if (message === undefined) continue;
    yield errorAt(place, fault('PLR1323', message, STATE_FIX));
    return;
  }
}

const STATE_FIX = 'Put {env} into the key of the state, or give each overlay a key of its own.';

function* sameStacks(context: CheckContext, { env, root }: Deployment): Iterable<InventoryFinding> {
  const theirs = new Map(routerNames(root).map((router) => [deploymentName(router, env), router]));
  for (const router of routerNames(context.root)) {
    const deployment = deploymentName(router, context.env);
    const other = theirs.get(deployment);
    if (other === undefined || !NAME_FORM.test(router)) continue;
    const reason = fault(
      'PLR1321',
      `The stack of this router is called ${deployment}, as is the one of the router ${other} ${inWords(env)}.`,
      'Rename one of the two routers.',
    );
    yield errorAt(['routers', router], reason, { at: 'key' });
  }
}

function sameState(context: CheckContext, { env, root }: Deployment): string | undefined {
  const theirs = new Map([...stateKeys(root, env)].map(([deployment, key]) => [key, deployment]));
  for (const [deployment, key] of stateKeys(context.root, context.env)) {
    const other = theirs.get(key);
    if (other === undefined) continue;
    return `The stack ${deployment} would write the same Terraform state as ${other} ${inWords(env)}.`;
  }
  return undefined;
}

/** An environment as messages name it. */
export function inWords(env: string | undefined): string {
  return env === undefined ? 'without an environment' : `in the environment ${env}`;
}

function routerNames(root: MapNode): string[] {
  const routers = nodeAt(root, ['routers'])?.node;
  return routers?.kind === 'map' ? [...routers.entries.keys()] : [];
}
