import type { Finding, Inventory, Lock } from '../model';
import { hostsToResolve } from '../planner';
import type { Resolution } from '../resolver';

/** Told how many of the names have an answer, good or bad, and how many there are. */
export type OnProgress = (done: number, total: number) => void;

/** What one host of the inventory resolves to, as seen from this machine. */
export interface SeenHost {
  readonly router: string;
  readonly host: string;
  /** The targets that have this host. */
  readonly targets: readonly string[];
  /** Private IPv4 addresses, sorted by number; empty where a finding says why. */
  readonly addresses: readonly string[];
}

function progressOf(onProgress: OnProgress | undefined): {
  onProgress?: (progress: { readonly done: number; readonly total: number }) => void;
} {
  return onProgress === undefined ? {} : { onProgress: ({ done, total }) => onProgress(done, total) };
}

/**
 * Resolves the hosts of `dns: synth` that the lock does not know, or all of them. Failures are findings: errors where the
 * lock has no addresses, warnings where it has.
 */
export async function resolveForLock(
  inventory: Inventory,
  lock: Lock,
  options: { readonly refresh: boolean; readonly onProgress: OnProgress | undefined },
): Promise<{
  readonly resolutions: ReadonlyMap<string, readonly string[]>;
  readonly findings: readonly Finding[];
}> {
  const questions = hostsToResolve(inventory, lock, { refresh: options.refresh });
  if (questions.length === 0) {
    return { resolutions: new Map(), findings: [] };
  }
  // Most inventories never ask a name server, so that the room is loaded only here.
  const { hostQuery, resolutionFindings, resolvedAddresses, resolveHosts } = await import('../resolver');
  const resolutions = await resolveHosts(questions.map(hostQuery), progressOf(options.onProgress));
  return {
    resolutions: resolvedAddresses(questions, resolutions),
    findings: resolutionFindings({ questions, resolutions, lock }),
  };
}

function addressesOf(resolution: Resolution | undefined): readonly string[] {
  return resolution?.resolved === true ? resolution.addresses : [];
}

/** Asks for every host of the inventory, whoever looks it up later, and says what Terraform, the next `lock` or a forwarder would meet. */
export async function lookAtHosts(
  inventory: Inventory,
  lock: Lock,
  onProgress: OnProgress | undefined,
): Promise<{ readonly hosts: readonly SeenHost[]; readonly findings: readonly Finding[] }> {
  const { hostQuery, previewFindings, previewQuestions, resolutionKey, resolveHosts } = await import('../resolver');
  const questions = previewQuestions(inventory);
  const resolutions = await resolveHosts(questions.map(hostQuery), progressOf(onProgress));
  const hosts = questions.map((question) => ({
    router: question.router,
    host: question.host,
    targets: question.targets,
    addresses: addressesOf(resolutions.get(resolutionKey(hostQuery(question)))),
  }));
  return { hosts, findings: previewFindings({ questions, resolutions, lock }) };
}
