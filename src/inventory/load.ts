import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Diagnostic, hasErrors, type Inventory, lockPath, type Position, type ValuePath } from '../model';
import { checkContext, isPlaced, type Loose } from './checks/context';
import { everyCheck } from './checks/every-check';
import {
  checkEnvironments,
  type Deployment,
  envFault,
  environmentsOf,
  noOverlay,
  otherEnding,
  overlayFile,
  strayOverlays,
} from './environments';
import {
  diagnostic,
  errorAt,
  type Fault,
  fault,
  type InventoryFinding,
  sortedDiagnostics,
  warningAt,
} from './findings';
import { normalise } from './normalise';
import type { WrittenInventory } from './schema/inventory';
import { checkShape } from './shape/check-shape';
import { boundTwice, deployableBase, madeTwice } from './shared-nccs';
import { withoutOwnKeys } from './source/extensions';
import { withPresentNames } from './source/former-names';
import { layOver } from './source/overlay';
import { parseSource } from './source/parse-source';
import { toPlain, without } from './source/plain';
import { readText } from './source/read-text';
import { expandShortForms } from './source/short-forms';
import { type MapNode, placeAt, positionOf } from './source/source-node';
import { withoutCutText } from './without-cut-text';

export interface LoadOptions {
  /** The inventory, absolute or relative to `cwd`; messages name it as it is named here. */
  readonly file: string;
  /** The environment whose overlay is laid over. Default: none. */
  readonly env?: string;
  /** The folder that the command runs in. Default: the process's own. */
  readonly cwd?: string;
  /** Also tell what is no mistake of this environment, but one beside the others. Default: no. */
  readonly besideOthers?: boolean;
  /**
   * Routers with errors are in the inventory too, with what could be read of them: for a look back at files that passed
   * the checks of their day. @default false
   */
  readonly withBroken?: boolean;
}

export interface LoadedInventory {
  /** Routers that are free of errors; undefined where the document itself could not be understood. */
  readonly inventory?: Inventory;
  /** Named in the file, but with errors: the planner leaves them and their lock entries alone. */
  readonly brokenRouters: ReadonlySet<string>;
  /** Sorted by file, line, column, code. */
  readonly diagnostics: Diagnostic[];
  /** The place of a value of the inventory, or of its nearest ancestor's key. Undefined where no file was understood. */
  locate(path: ValuePath): Position | undefined;
}

/**
 * Reads an inventory and its overlay, checks everything that the files alone show, and fills in the defaults. Whatever is
 * wrong comes back as a diagnostic (PLR1xxx); nothing is thrown.
 */
export function loadInventory(options: LoadOptions): LoadedInventory {
  const { file, env, cwd = process.cwd(), besideOthers = false, withBroken = false } = options;
  const wrongEnv = env === undefined ? undefined : envFault(env, environmentsOf(file, cwd));
  if (wrongEnv !== undefined) return refused([diagnostic(errorAt([], wrongEnv), undefined)]);
  const base = readTree(file, cwd, missingFile(file, cwd));
  const overlay = env === undefined ? undefined : readTree(overlayFile(file, env), cwd, noOverlay(file, cwd, env));
  const diagnostics = [...base.diagnostics, ...(overlay?.diagnostics ?? [])];
  if (base.root === undefined || (overlay !== undefined && overlay.root === undefined)) return refused(diagnostics);

  const merged = overlay?.root === undefined ? { root: base.root, findings: [] } : layOver(base.root, overlay.root);
  const findings = [...base.findings, ...(overlay?.findings ?? []), ...merged.findings];
  const others = otherDeployments(file, cwd, env, base.root);
  const own = deployment(file, cwd, env, merged.root);
  const judged = judge(own, { before: findings, others, withBroken });
  const beside = besideOthers ? besideFindings(own, others, judged) : [];
  return { ...judged, diagnostics: sortedDiagnostics([...judged.diagnostics, ...beside, ...unread(file, cwd)]) };
}

/** What is said where the inventory itself is not there; another ending is a slip of the fingers. */
function missingFile(file: string, cwd: string): Fault | undefined {
  const other = otherEnding(file, cwd);
  if (other === undefined) return undefined;
  const message = `There is no file ${file}, but ${other}.`;
  return fault('PLR1001', message, `Name ${other} instead, or rename it to ${file}.`);
}

function unread(file: string, cwd: string): Diagnostic[] {
  return strayOverlays(file, cwd).map(({ file: stray, reason }) => ({
    ...diagnostic(warningAt([], reason), undefined),
    file: stray,
  }));
}

interface Tree {
  readonly root?: MapNode;
  readonly findings: readonly InventoryFinding[];
  readonly diagnostics: readonly Diagnostic[];
}

/** One file as a tree with its short forms written out and former names of keys replaced, or `instead` where it is not there. Findings that have a place already become diagnostics later. */
function readTree(file: string, cwd: string, instead?: Fault): Tree {
  const text = readText(resolve(cwd, file), file);
  if (typeof text !== 'string') {
    const missing = text.code === 'PLR1001' && instead !== undefined ? instead : text;
    return { findings: [], diagnostics: [{ ...diagnostic(errorAt([], missing), undefined), file }] };
  }
  const parsed = parseSource(text, file);
  if (parsed.root === undefined)
    return { findings: [], diagnostics: parsed.findings.map((one) => located(one, undefined)) };
  const present = withPresentNames(withoutOwnKeys(parsed.root));
  const { root, findings } = expandShortForms(present.root);
  return { root, findings: [...parsed.findings, ...present.findings, ...findings], diagnostics: [] };
}

/** Beside overlays, the inventory alone counts as deployed once it has a lock. */
function deployment(file: string, cwd: string, env: string | undefined, root: MapNode): Deployment {
  const deployed =
    env !== undefined || environmentsOf(file, cwd).length === 0 || existsSync(resolve(cwd, lockPath(file)));
  return { env, root, deployed };
}

function besideFindings(own: Deployment, others: readonly Deployment[], judged: LoadedInventory): Diagnostic[] {
  const deployable = hasErrors(judged.diagnostics) ? [] : deployableBase(own, others);
  return [...madeTwice(own, others), ...deployable].map((finding) => located(finding, own.root));
}

/** The other environments that stand beside the inventory; whatever cannot be read is left to its own run. */
function otherDeployments(file: string, cwd: string, env: string | undefined, base: MapNode): Deployment[] {
  const others: Deployment[] = env === undefined ? [] : [deployment(file, cwd, undefined, base)];
  for (const other of environmentsOf(file, cwd)) {
    if (other === env) continue;
    const tree = readTree(overlayFile(file, other), cwd);
    if (tree.root !== undefined) others.push(deployment(file, cwd, other, layOver(base, tree.root).root));
  }
  return others;
}

interface Judging {
  readonly before: readonly InventoryFinding[];
  readonly others: readonly Deployment[];
  readonly withBroken: boolean;
}

function judge(own: Deployment, { before, others, withBroken }: Judging): LoadedInventory {
  const { root, env } = own;
  const { plain, findings: forbidden } = toPlain(root);
  const shape = [...before, ...forbidden, ...checkShape(root, plain)];
  if (shape.some(({ code, path }) => code === 'PLR1117' && path.length === 0)) {
    return refused(shape.map((finding) => located(finding, root)));
  }
  const broken = shape.filter((finding) => finding.severity === 'error').map((finding) => brokenPart(finding.path));
  const written = without(
    plain,
    broken.filter((path) => path.length > 0),
  ) as Loose<WrittenInventory>;
  const context = checkContext(root, written, env);
  const findings = [
    ...shape,
    ...everyCheck(context),
    ...checkEnvironments(context, others),
    ...boundTwice(own, others),
  ];
  const brokenRouters = routersWithErrors(findings);
  // Without any router that is known by name, whoever reads on would take each router of the lock for a removed one.
  const known = context.routers.length + brokenRouters.size > 0;
  const sound = context.routers.filter(isPlaced).filter(({ name }) => withBroken || !brokenRouters.has(name));
  return {
    ...(known && { inventory: normalise(written, sound, env) }),
    brokenRouters: withBroken
      ? new Set([...brokenRouters].filter((name) => !sound.some((one) => one.name === name)))
      : brokenRouters,
    diagnostics: sortedDiagnostics(findings.map((finding) => located(finding, root))),
    locate: (path) => positionOf(placeAt(root, path)),
  };
}

/**
 * What one fault of shape makes useless for further checks: a whole target, a whole list, a whole health check;
 * otherwise the value alone.
 */
function brokenPart(path: ValuePath): ValuePath {
  if (path[0] === 'routers' && path[2] === 'targets' && path.length >= 4) return path.slice(0, 4);
  const end = path.findIndex((step, index) => typeof step === 'number' || path[index - 1] === 'healthCheck');
  return end < 0 ? path : path.slice(0, end);
}

function routersWithErrors(findings: readonly InventoryFinding[]): Set<string> {
  const broken = new Set<string>();
  for (const { severity, path } of findings) {
    if (severity === 'error' && path[0] === 'routers' && path[1] !== undefined) broken.add(String(path[1]));
  }
  return broken;
}

function located(finding: InventoryFinding, root: MapNode | undefined): Diagnostic {
  const place = finding.place ?? (root === undefined ? undefined : placeAt(root, finding.path, finding.at));
  const told = place === undefined ? { finding } : withoutCutText(finding, place, root);
  const shown = told.place ?? place;
  return diagnostic(told.finding, shown === undefined ? undefined : positionOf(shown));
}

function refused(diagnostics: readonly Diagnostic[]): LoadedInventory {
  return { brokenRouters: new Set(), diagnostics: sortedDiagnostics(diagnostics), locate: () => undefined };
}
