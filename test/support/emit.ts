import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadInventory, withPlaces } from '../../src/inventory';
import type { Lock, RoutingPlan } from '../../src/model';
import { planRouting } from '../../src/planner';
import { synthesize } from '../../stacks';

/** An inventory as a user writes it. */
export type InventoryDocument = Readonly<Record<string, unknown>>;

/** What an emission is made from: given again, it must give the same bytes. */
export interface EmissionSource {
  readonly document: InventoryDocument;
  readonly lock: Lock;
}

/** What came of it. */
interface Emitted {
  readonly plan: RoutingPlan;
  readonly lock: Lock;
  /** Codes of the warnings. */
  readonly warnings: readonly string[];
  /** The app's folder, with `stacks/` in it. */
  readonly out: string;
}

/** Keeps the source where `PLR_KEEP_EMISSIONS` names a folder: `scripts/emit-all.ts` emits it again. */
function keep(source: EmissionSource): void {
  const folder = process.env.PLR_KEEP_EMISSIONS;
  if (folder === undefined || folder === '') return;
  const text = JSON.stringify(source);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${createHash('sha256').update(text).digest('hex')}.json`), text);
}

/** Reads, plans and synthesizes an inventory in a folder, as the command line does; throws its errors. */
export function emitInto(folder: string, { document, lock }: EmissionSource): Emitted {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'privatelink-router.yaml'), JSON.stringify(document, undefined, 2));
  const loaded = loadInventory({ file: 'privatelink-router.yaml', cwd: folder });
  const { inventory } = loaded;
  const planned = inventory && planRouting({ inventory, lock });
  const found = [...loaded.diagnostics, ...withPlaces([...(planned?.findings ?? [])], loaded.locate)];
  const errors = found.filter(({ severity }) => severity === 'error');
  if (planned === undefined || errors.length > 0) throw new Error(JSON.stringify(errors, undefined, 2));
  keep({ document, lock });
  const out = join(folder, 'cdktf.out');
  synthesize(planned.plan, out);
  return { plan: planned.plan, lock: planned.lock, warnings: found.map(({ code }) => code), out };
}
