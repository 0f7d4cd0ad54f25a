import type { Cloud, ValuePath } from '../../model';
import { errorAt, fault, type InventoryFinding, quote, warningAt } from '../findings';
import { PLAIN_CHECK, PRESETS } from '../tables/presets';
import { underscoreInDomain } from '../values/forms';
import { privateSuffix } from '../values/host';
import type { Check, CheckContext, RouterView, TargetView } from './context';
import { domainList } from './domain-list';
import { healthCheckFaults, presetFaults } from './health-check';
import { hostList } from './host-list';
import { idleTimeouts } from './idle-timeout';
import { loopbackHost } from './loopback-host';
import { nativeService } from './native-services';
import { redirects } from './redirects';

/** Each target by itself: what its values mean together. */
export const checkTargets: Check = function* (context) {
  for (const router of context.routers) {
    yield* healthCheckFaults(
      [...router.path, 'healthCheck'],
      router.written.healthCheck,
      undefined,
      PLAIN_CHECK,
      context,
    );
    yield* idleTimeouts(
      [...router.path, 'idleTimeout'],
      router.written.idleTimeout,
      presetsWithoutOwn(router),
      router.cloud,
    );
    yield* names(router);
    for (const target of router.targets) yield* oneTarget(target, router, context);
    yield* redirects(router);
  }
};

function* oneTarget(target: TargetView, router: RouterView, context: CheckContext): Iterable<InventoryFinding> {
  const { path, written } = target;
  if (target.port === undefined) {
    const reason = fault('PLR1224', 'The target has no port, and no preset that knows one.', 'Add port: or preset:.');
    yield errorAt([...path, 'port'], reason);
  }
  if (
    target.domains.length === 0 &&
    written.domains === undefined &&
    !context.has([...router.path, 'domains', 'shared'])
  ) {
    const reason = fault(
      'PLR1217',
      written.hosts === undefined
        ? `The host ${target.hosts[0].host.name} is an address; Databricks registers names only.`
        : 'Of several hosts, none is the name that clients dial.',
      'Add domain: with the name that clients dial.',
    );
    yield errorAt([...path, 'domain'], reason);
  }
  const [{ host: first }] = target.hosts;
  if (!first.literal && target.domains[0]?.host === first && first.name.includes('_')) {
    yield errorAt([...path, 'host'], underscoreInDomain(written.host ?? first.name));
  }
  yield* hostList(target, router, context);
  yield* loopbackHost(target, router, context.env);
  yield* nativeService(target, router);
  const table = PRESETS.get(written.preset ?? '')?.healthCheck ?? PLAIN_CHECK;
  const ofRouter = router.written.healthCheck;
  yield* healthCheckFaults([...path, 'healthCheck'], written.healthCheck, ofRouter, table, context);
  yield* presetFaults(path, written.healthCheck, ofRouter, table);
  yield* idleTimeouts([...path, 'idleTimeout'], written.idleTimeout, [written.preset], router.cloud);
  yield* domainList(target, router, context);
  for (const { host, path: at } of target.domains) {
    if (host !== router.sharedDomain) yield* domainFindings(at, host, router.cloud);
  }
  yield* listedTwice([...path, 'securityGroupIds'], written.securityGroupIds, context);
}

/** The protocols that the router's own idle timeout applies to. */
function presetsWithoutOwn({ targets }: RouterView): (string | undefined)[] {
  return targets.filter(({ written }) => written.idleTimeout === undefined).map(({ written }) => written.preset);
}

/** The name that many targets share is judged once, where it stands. */
function* names(router: RouterView): Iterable<InventoryFinding> {
  if (router.sharedDomain === undefined) return;
  const path = [...router.path, 'domains', 'shared'];
  yield* domainFindings(path, router.sharedDomain, router.cloud);
  const reason = fault(
    'PLR1232',
    `Clients that verify certificates (verify-full) need ${router.sharedDomain.name} in the certificate of every target.`,
    'Add the name to the certificates, or leave `domains` away for a name of each target.',
  );
  yield warningAt(path, reason);
}

function* domainFindings(
  path: ValuePath,
  domain: { name: string; international: boolean },
  cloud: Cloud | undefined,
): Iterable<InventoryFinding> {
  if (domain.international) {
    const reason = fault(
      'PLR1214',
      `The name is registered in its ASCII form, ${domain.name}.`,
      'Let clients dial that form, or write it here.',
    );
    yield warningAt(path, reason);
  }
  const suffix = privateSuffix(domain.name);
  if (suffix === undefined) return;
  if (cloud !== undefined) yield PRIVATE_SUFFIX[cloud](path, suffix);
}

/** What becomes of a name under a suffix that no public registry gives out. */
const PRIVATE_SUFFIX: Readonly<Record<Cloud, (path: ValuePath, suffix: string) => InventoryFinding>> = {
  aws: (path, suffix) => {
    const reason = fault(
      'PLR1215',
      `Whether Databricks on AWS registers names under the private-use suffix .${suffix} is not documented.`,
      'Test it first, or give the target a domain: under a public suffix.',
    );
    return warningAt(path, reason);
  },
  azure: (path, suffix) => {
    const reason = fault(
      'PLR1215',
      `Databricks on Azure registers no names under the private-use suffix .${suffix}.`,
      'Give the target a domain: under a public suffix; its host may stay as it is.',
    );
    return errorAt(path, reason);
  },
};

/** One value twice in one list. */
export function* listedTwice(
  path: ValuePath,
  list: readonly string[] | undefined,
  context: CheckContext,
): Iterable<InventoryFinding> {
  const first = new Map<string, number>();
  for (const [index, item] of (list ?? []).entries()) {
    const before = first.get(item);
    if (before === undefined) first.set(item, index);
    else {
      const reason = fault(
        'PLR1114',
        `${quote(item)} is listed twice; it stands at ${context.where([...path, before])} already.`,
        'Remove one of the two.',
      );
      yield errorAt([...path, index], reason);
    }
  }
}
