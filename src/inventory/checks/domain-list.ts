import { limitValue } from '../../limits';
import type { Cloud } from '../../model';
import { errorAt, fault, type InventoryFinding } from '../findings';
import { PLAIN_CHECK, PRESETS } from '../tables/presets';
import type { CheckContext, RouterView, TargetView } from './context';
import { effectiveCheck } from './health-check';
import { namedTwice } from './named-twice';

/** What is wrong with several domains of one target, together. Each by itself is judged as the only one is. */
export function* domainList(target: TargetView, router: RouterView, context: CheckContext): Iterable<InventoryFinding> {
  const { written, domains } = target;
  const path = [...target.path, 'domains'];
  if (written.domains === undefined) return;
  if (written.domain !== undefined) {
    const reason = fault('PLR1110', 'domain and domains exclude each other.', 'Write all names under domains.');
    yield errorAt(path, reason);
  } else if (context.has([...router.path, 'domains', 'shared'])) {
    const reason = fault(
      'PLR1110',
      "domains of a target and the router's domains: { shared } exclude each other.",
      'Remove one of the two, or give the target a single domain.',
    );
    yield errorAt(path, reason);
  }
  if (written.domains.length === 0) {
    yield errorAt(
      path,
      fault('PLR1113', 'No domain is listed.', 'Name the domains that clients dial, or remove the key.'),
    );
  }
  yield* namedTwice(domains, `listed twice at ${target.path.at(-1)}`, context);
  const { cloud } = router;
  if (cloud === undefined) return;
  const most = limitValue(PER_RULE[cloud], router.limits);
  if (domains.length > most) {
    const reason = fault(
      'PLR1251',
      `The target has ${domains.length} domains; a rule has at most ${most}, and all domains of a target stand in one.`,
      'Write a second target of the same host and port with the rest of the names.',
    );
    yield errorAt(path, reason);
  }
  if (domains.length > 1) yield* CHECKED_NAME[cloud](target, router);
}

const PER_RULE = {
  aws: 'databricks.domainsPerRule',
  azure: 'databricks.domainsPerRuleAzure',
} as const satisfies Readonly<Record<Cloud, string>>;

/** Which of several names a health check asks for, nobody guesses. AWS sends none. */
const CHECKED_NAME: Readonly<Record<Cloud, (target: TargetView, router: RouterView) => Iterable<InventoryFinding>>> = {
  aws: () => [],
  azure: function* ({ written, path }, router) {
    const table = PRESETS.get(written.preset ?? '')?.healthCheck ?? PLAIN_CHECK;
    const { protocol, host } = effectiveCheck(written.healthCheck, router.written.healthCheck, table);
    if (host !== undefined || (protocol !== 'HTTP' && protocol !== 'HTTPS')) return;
    const reason = fault(
      'PLR1252',
      `The health check of a target with several domains asks for one of them by ${protocol}, and none is named.`,
      'Add `host:` to its healthCheck.',
    );
    yield errorAt([...path, 'domains'], reason);
  },
};
