import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { compareDeployments, type Deployment } from '../../src/changes';
import { EMPTY_LOCK } from '../../src/lock';
import { hasErrors, type Lock, type PlanChange, type RoutingPlan } from '../../src/model';
import { planRouting } from '../../src/planner';
import { synthesize } from '../../stacks';
import { loadText } from '../inventory/support';

/** An inventory as a document that tests edit. */
// biome-ignore lint/suspicious/noExplicitAny: a test reaches into a document of any shape
export type Document = any;

export function documentOf(text: string): Document {
  return parse(text, { intAsBigInt: false });
}

/** A plan with the lock that goes with it. */
export type Planned = Deployment & { readonly plan: RoutingPlan };

/** Every name has the same two addresses. */
const RESOLUTIONS = new (class extends Map<string, readonly string[]> {
  public override get(_host: string): readonly string[] {
    return ['10.40.1.1', '10.40.1.2'];
  }
  public override has(): boolean {
    return true;
  }
})();

/** What an inventory comes to, or the codes of the errors for which it is refused. */
export function planned(document: Document, lock: Lock = EMPTY_LOCK): Planned | readonly string[] {
  const { inventory, diagnostics } = loadText(JSON.stringify(document), undefined, 'plr.json');
  if (inventory === undefined || hasErrors(diagnostics)) return codes(diagnostics);
  const result = planRouting({ inventory, lock, resolutions: RESOLUTIONS });
  return hasErrors(result.findings) ? codes(result.findings) : { plan: result.plan, lock: result.lock };
}

function codes(findings: readonly { readonly code: string; readonly severity: string }[]): readonly string[] {
  return findings.filter(({ severity }) => severity === 'error').map(({ code }) => code);
}

/** The same, where the test is wrong if it is refused. */
export function accepted(document: Document, lock: Lock = EMPTY_LOCK): Planned {
  const result = planned(document, lock);
  if (!('plan' in result)) throw new Error(`refused: ${result.join(', ')}`);
  return result;
}

/** What an edit of a locked inventory changes. */
export function changesOf(text: string, edit: (document: Document) => void): readonly PlanChange[] {
  const before = accepted(documentOf(text));
  const document = documentOf(text);
  edit(document);
  return compareDeployments(before, accepted(document, before.lock));
}

/** A digest of every byte that a plan emits. */
export function bytesOf(plan: RoutingPlan): string {
  const folder = mkdtempSync(join(tmpdir(), 'plr-changes-'));
  try {
    const hash = createHash('sha256');
    synthesize(plan, folder);
    for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()) {
      if (/\.\w+$/.test(name)) hash.update(name).update(readFileSync(join(folder, name)));
    }
    return hash.digest('hex');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
