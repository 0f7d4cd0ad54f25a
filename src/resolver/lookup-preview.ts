import { ENGINES, enginesWith } from '../forwarder';
import {
  byCloud,
  type CloudTable,
  type DnsMode,
  defined,
  type Engine,
  type Finding,
  groupBy,
  type Inventory,
  type Lock,
  namesToResolve,
  type Router,
  shortList,
} from '../model';
import { hostPath, lockedAddresses, targetWords } from './findings';
import { outageFindings, splitOutages } from './outage';
import { type AnsweredQuestion, answered, type HostQuestion, isResolved, isUnresolved } from './questions';
import type { Resolution, ResolvedHost, UnresolvedHost } from './resolution';
import { explain, type ResolverCode } from './words';

/**
 * A host of the inventory, and who will look it up: Terraform's dns provider (`plan`), this resolver (`synth`) or the
 * forwarder's engine (`runtime`).
 */
export interface PreviewQuestion extends HostQuestion {
  readonly dns: DnsMode;
  /** What looks it up on the forwarders; absent: there are none. */
  readonly engine?: Engine;
}

/** What forwards to a router's targets, where anything of ours does. */
const ENGINE: CloudTable<Router, [], Engine | undefined> = {
  aws: () => undefined,
  azure: ({ azure }) => azure.forwarder.engine,
};

/**
 * Every host that a run or a forwarder will look up, in the order of the file: enabled targets that are not literal
 * addresses, of routers that are not being destroyed. Hosts of `dns: plan` are asked for at the machine's own name servers, as Terraform's provider does it,
 * whatever `resolvers` says; that provider reads the machine's hosts file and search domains too, which is not done here.
 */
export function previewQuestions(inventory: Inventory): readonly PreviewQuestion[] {
  return inventory.routers.flatMap((router) => {
    if (router.teardown === 'destroy') return [];
    const names = router.targets
      .filter(({ enabled }) => enabled)
      .flatMap((target) => namesToResolve(target).map((one) => ({ name: target.name, dns: target.dns, ...one })));
    const groups = groupBy(names, ({ dns, host, beside = [] }) => [dns, host, ...beside].join(' '));
    return [...groups.values()].flatMap((sharing) => {
      const [first] = sharing;
      if (first === undefined) return [];
      return [
        {
          router: router.name,
          host: first.host,
          targets: sharing.map(({ name }) => name),
          resolvers: first.dns === 'plan' ? [] : router.resolvers,
          dns: first.dns,
          ...defined({ beside: first.beside, engine: byCloud(ENGINE, router) }),
        },
      ];
    });
  });
}

/** What the preview needs to know. */
export interface PreviewContext {
  /** From `previewQuestions`. */
  readonly questions: readonly PreviewQuestion[];
  /** What came of them, from `resolveHosts`. */
  readonly resolutions: ReadonlyMap<string, Resolution>;
  readonly lock: Lock;
}

const PLAN_FIX =
  'Mend the name for the machine that runs Terraform, or set `dns: synth` (which asks `resolvers`), or `enabled: false`.';

const RUNTIME_FIX =
  "Make sure that the forwarders' name servers (`resolvers`, or those of their network) know the name; this machine may ask others.";

function planWords({ failure }: UnresolvedHost): string {
  switch (failure.kind) {
    case 'ipv6-only':
      return "the dns provider would give an empty list, and the target's postcondition would stop `terraform plan`";
    case 'refused-addresses':
      return "the target's postcondition would stop `terraform plan`";
    default:
      return '`terraform plan` would stop: one failed look-up stops all of it, destroy without `-refresh=false` included';
  }
}

function unresolvedFinding(
  { question, resolution }: AnsweredQuestion<UnresolvedHost, PreviewQuestion>,
  kept: readonly string[],
): Finding[] {
  const { host, targets, dns } = question;
  if (targets.length === 0) return [];
  const { what, fix } = explain(resolution);
  return [
    {
      code: UNRESOLVED[dns],
      severity: 'warning',
      message: `${host} of ${targetWords(targets)} does not resolve here: ${what}; ${consequence(dns, resolution, kept)}`,
      path: hostPath(question),
      fix: dns === 'plan' ? PLAN_FIX : dns === 'runtime' ? RUNTIME_FIX : fix,
    },
  ];
}

const UNRESOLVED: Readonly<Record<DnsMode, ResolverCode>> = { plan: 'PLR4030', synth: 'PLR4031', runtime: 'PLR4033' };

/** What comes of a host that does not resolve, by who will look it up. */
function consequence(dns: DnsMode, resolution: UnresolvedHost, kept: readonly string[]): string {
  switch (dns) {
    case 'plan':
      return planWords(resolution);
    case 'runtime':
      return "where the forwarders' name servers say the same, they refuse every connection to it";
    case 'synth':
      return kept.length > 0
        ? `the lock's addresses ${shortList(kept)} would stay`
        : '`privatelink-router lock` would stop, since the lock has no addresses for it';
  }
}

function changedFinding(
  { question, resolution }: AnsweredQuestion<ResolvedHost, PreviewQuestion>,
  kept: readonly string[],
): Finding[] {
  const { host, targets, dns, beside } = question;
  const now = resolution.addresses;
  // Of several hosts the lock says together which addresses they have: only one that is new is seen to be.
  const asKept = beside === undefined ? kept.join() === now.join() : now.every((one) => kept.includes(one));
  if (targets.length === 0 || dns !== 'synth' || kept.length === 0 || asKept) return [];
  return [
    {
      code: 'PLR4032',
      severity: 'warning',
      message: `${host} of ${targetWords(targets)} has the addresses ${shortList(now)} now; the lock holds ${shortList(kept)}`,
      path: hostPath(question),
      fix: 'Run `privatelink-router lock --refresh` to take them over, if the change is meant.',
    },
  ];
}

/** Addresses beyond those that the engine has room for. */
function unusedFinding({ question, resolution }: AnsweredQuestion<ResolvedHost, PreviewQuestion>): Finding[] {
  const { host, targets, engine } = question;
  const seen = resolution.addresses.length;
  const used = engine && ENGINES[engine].addressesPerName;
  if (targets.length === 0 || used === undefined || seen <= used) return [];
  const [other = ''] = enginesWith('severalAddresses').filter((one) => ENGINES[one].addressesPerName === undefined);
  return [
    {
      code: 'PLR4034',
      severity: 'warning',
      message: `${host} of ${targetWords(targets)} has ${seen} addresses; the engine ${engine} uses ${used} of them`,
      path: hostPath(question),
      fix: `Leave it, where those are enough; or use a name with fewer addresses, or engine: ${other}, which uses all.`,
    },
  ];
}

/**
 * What `check --resolve` says: warnings only, since the machine that checks need not be the one that plans. For
 * `dns: plan` what `terraform plan` would meet (PLR4030), for `dns: synth` what the next resolution would meet (PLR4031)
 * and where DNS has moved away from the lock (PLR4032), for `dns: runtime` what a forwarder would meet (PLR4033, PLR4034); name servers that answered nothing at all once (PLR4015). Pure.
 */
export function previewFindings(context: PreviewContext): Finding[] {
  const { outages, others } = splitOutages(answered(context.questions, context.resolutions));
  const known = ({ question }: AnsweredQuestion): readonly string[] => lockedAddresses(context.lock, question);
  return [
    ...outageFindings(outages, 'warning', 'nothing is known about these hosts from here'),
    ...others.flatMap((pair) => {
      if (isResolved(pair)) return [...changedFinding(pair, known(pair)), ...unusedFinding(pair)];
      return isUnresolved(pair) ? unresolvedFinding(pair, known(pair)) : [];
    }),
  ];
}
