import { DEFAULT_BASE_PORT, OWN_TAG_COUNT, OWN_TAG_KEYS, TAG_RULES, UNREACHABLE_RANGES } from '../../inventory';
import { limit, raiseKey } from '../../limits';
import { HIGHEST_PORT } from '../../model';
import type { ModuleInput, ModuleValidation } from '../definition';
import { hclObjectType } from '../hcl';
import { domainRules, IPV4 } from '../host-problems';
import { firstProblem, matches, noProblems, type Rule, repeated, shown } from '../problems';
import { hclWords, itemProblems, problemList, unlessNull, wholeRules, wordRules } from '../rules';
import { hasPrivateSuffix, unlessGiven } from './target-inputs';

/** The tags that a resource of the module can have of its own stay free. */
const MAX_TAGS = limit(TAG_RULES.azure.count).value - OWN_TAG_COUNT;
const MAX_TAG_NAME = limit(TAG_RULES.azure.keyLength).value;
const MAX_TAG_VALUE = limit(TAG_RULES.azure.valueLength).value;
const OWN_PREFIX = 'privatelink-router:';

const DOMAINS = limit('databricks.domainsPerRuleAzure');

/** More than any provider grants; it only keeps a slip of the keyboard out. */
const STATED_MAX = 1_000_000;

/** The key of `limits` that raises how many domains a rule takes. */
export const DOMAINS_LIMIT = raiseKey(DOMAINS.id).replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** What holds for the router and all of its targets. */
export function routerInputs(): readonly ModuleInput[] {
  return [
    {
      name: 'base_port',
      type: 'number',
      description: 'The listener port of the target at position 0; each other one has as much more as its position.',
      inventory: 'routers.*.basePort',
      default: DEFAULT_BASE_PORT,
      validations: [noProblems(problemList([wholeRules('var.base_port', 'base_port', 1, HIGHEST_PORT)]))],
    },
    {
      name: 'domains',
      type: hclObjectType({ shared: 'optional(string)' }),
      description:
        'shared: one name for all targets that have no domain of their own; clients that verify certificates then need it in the certificate of every target. Default: a name for each target.',
      inventory: 'routers.*.domains',
      default: {},
      validations: [noProblems(problemList([unlessGiven('var.domains.shared', sharedRules())]))],
    },
    {
      name: 'approval',
      type: 'string',
      description:
        'Who approves the private endpoint: terraform (an apply, once private_endpoint_name is wired), or manual (a person, with approval_command).',
      inventory: 'routers.*.approval',
      default: 'terraform',
      validations: [noProblems(problemList([wordRules('var.approval', 'approval', ['terraform', 'manual'])]))],
    },
    {
      name: 'private_endpoint_name',
      type: 'string',
      description:
        'The name of the private endpoint that Databricks made for the rule: private_endpoint_name of the module databricks-ncc-private-endpoints. null: nothing is approved.',
      own: 'A stack holds the rule itself.',
      default: null,
      nullable: true,
      validations: [noProblems(problemList([endpointNameRules()]))],
    },
    {
      name: 'resolvers',
      type: 'list(string)',
      description:
        "Name servers that the forwarders ask: IPv4 addresses, with a port where it is not 53. Default: the machines' own.",
      inventory: 'routers.*.resolvers',
      default: [],
      validations: [
        noProblems(itemProblems('var.resolvers', 'resolvers', 'server', [resolverRules()])),
        noProblems(repeated('[for server in var.resolvers : server if server != null]', 'resolvers')),
      ],
    },
    {
      name: 'tags',
      type: 'map(string)',
      description: 'Tags of every resource.',
      inventory: 'routers.*.tags',
      default: {},
      validations: tagValidations(),
    },
    {
      name: 'limits',
      type: hclObjectType({
        [DOMAINS_LIMIT]: `optional(number, ${DOMAINS.value})`,
        regions: 'optional(list(string), [])',
      }),
      description: `What the provider has raised, and what is newer than this module. ${DOMAINS_LIMIT}: ${DOMAINS.what}. regions: locations that it does not know yet.`,
      inventory: 'routers.*.limits',
      default: {},
      validations: [
        noProblems(problemList([wholeRules(`var.limits.${DOMAINS_LIMIT}`, `limits.${DOMAINS_LIMIT}`, 1, STATED_MAX)])),
      ],
    },
  ];
}

function sharedRules(): readonly Rule[] {
  const name = 'var.domains.shared';
  return [
    ...domainRules(name, 'domains.shared'),
    {
      when: hasPrivateSuffix(name),
      say: `domains.shared, \${${shown(name)}}, ends in a private-use suffix; Databricks on Azure registers no such names. Write a name under a public suffix.`,
    },
  ];
}

function endpointNameRules(): readonly Rule[] {
  const name = 'var.private_endpoint_name';
  return [
    {
      when: unlessNull(name, matches(/\//, name)),
      say: `private_endpoint_name is \${${shown(name)}}, an id; the name of the endpoint is meant. Wire private_endpoint_name of the databricks module.`,
    },
  ];
}

function resolverRules(): readonly Rule[] {
  const value = `resolvers[\${i}], \${${shown('server')}},`;
  return [
    {
      when: `length(regexall(":", server)) > 1`,
      say: `${value} has an IPv6 address; the machines of a forwarder have IPv4 addresses alone. Write its IPv4 address.`,
    },
    {
      when: `!${matches(IPV4, 'split(":", server)[0]')} || !${matches(/^[^:]+(:[1-9][0-9]{0,4})?$/, 'server')} || try(tonumber(split(":", server)[1]) > ${HIGHEST_PORT}, false)`,
      say: `${value} is not the address of a name server: 10.0.0.2 or 10.0.0.2:5353. Write the address of the name server, not its name.`,
    },
    ...UNREACHABLE_RANGES.map(({ cidr, kind }) => ({
      when: `try(cidrhost("\${split(":", server)[0]}/${cidr.split('/')[1]}", 0) == "${cidr.split('/')[0]}", false)`,
      say: `${value} is ${kind}, where no other machine answers. Write the address of a name server in the network, or remove it for those of the virtual network.`,
    })),
  ];
}

/** As the inventory's check has them for Azure, where letter case does not count. */
function tagValidations(): readonly ModuleValidation[] {
  const { key, value, reserved } = TAG_RULES.azure;
  const own = hclWords(OWN_TAG_KEYS);
  const named = `tags[\${${shown('key')}}]`;
  const sameButCase = 'join(", ", [for one in keys(var.tags) : one if lower(one) == lower(key)])';
  const ownKey = `[for one in ${own} : one if lower(one) == lower(key) && one != key]`;
  const keyRules: readonly Rule[] = [
    { when: 'trimspace(key) == ""', say: 'A tag has an empty key. Write a key, or remove the tag.' },
    {
      when: `startswith(lower(key), "${OWN_PREFIX}")`,
      say: `${named} begins with ${OWN_PREFIX}, which this module keeps for itself. Choose another key.`,
    },
    ...reserved.map((prefix) => ({
      when: `startswith(lower(key), "${prefix}")`,
      say: `${named} begins with ${prefix}, which Azure keeps for itself. Choose another key.`,
    })),
    {
      when: `length(key) > ${MAX_TAG_NAME}`,
      say: `The key ${named} has \${length(key)} characters; Azure allows at most ${MAX_TAG_NAME}. Shorten it.`,
    },
    {
      when: matches(key.odd, 'key'),
      say: `The key ${named} holds characters that Azure does not take: ${key.allowed}. Remove them.`,
    },
    {
      when: `length(${ownKey}) > 0`,
      say: `${named} and \${${ownKey}[0]}, which every resource gets, differ by letter case only; to Azure they are one tag. Write it as that one to replace it, or choose another key.`,
    },
  ];
  const valueRules: readonly Rule[] = [
    { when: 'value == null', say: `${named} is null; a text is expected. Write one, or remove the tag.` },
    {
      when: `length(value) > ${MAX_TAG_VALUE}`,
      say: `The value of ${named} has \${length(value)} characters; Azure allows at most ${MAX_TAG_VALUE}. Shorten it.`,
    },
    {
      when: matches(value.odd, 'value'),
      say: `The value of ${named} holds characters that Azure does not take: ${value.allowed}. Remove them.`,
    },
  ];
  return [
    noProblems(`flatten([for key, value in var.tags : ${problemList([keyRules, valueRules])}])`),
    noProblems(
      `[for key in keys(var.tags) : ${firstProblem([
        {
          when: `length([for one in keys(var.tags) : one if lower(one) == lower(key)]) > 1 && [for one in keys(var.tags) : one if lower(one) == lower(key)][0] == key`,
          say: `The tags \${${sameButCase}} differ by letter case only; to Azure they are one tag. Keep one of them.`,
        },
      ])}]`,
    ),
    {
      condition: `length(var.tags) <= ${MAX_TAGS}`,
      message: `There are \${length(var.tags)} tags; with the ${OWN_TAG_COUNT} of the router itself at most ${MAX_TAGS} are allowed. Remove some.`,
    },
  ];
}
