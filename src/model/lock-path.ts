import { basename, dirname, join } from 'node:path';

/**
 * Where the lock of an inventory stands, beside it: `privatelink-router.yaml` → `privatelink-router.lock.json`, and with
 * an environment `privatelink-router.prod.lock.json`.
 */
export function lockPath(inventoryFile: string, env?: string): string {
  const stem = basename(inventoryFile).replace(/\.(ya?ml|json)$/i, '');
  return join(dirname(inventoryFile), env === undefined ? `${stem}.lock.json` : `${stem}.${env}.lock.json`);
}
