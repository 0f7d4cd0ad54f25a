import { limitValue } from '../../../src/limits';
import { awsRouter, type Neighbour, near, routers, whole } from './neighbour';

const tags = (map: Readonly<Record<string, string>>): [string, string] => [
  'team: data-platform',
  Object.entries(map)
    .map(([key, value]) => `${JSON.stringify(key)}: ${JSON.stringify(value)}`)
    .join('\n  '),
];
/** Name, managed-by, and router, environment, shard and target of our own prefix. */
const OWN_TAGS = 6;

/** Beside the mistakes of tags and limits (14xx). */
export const TAG_NEIGHBOURS: readonly Neighbour[] = [
  near('PLR1401', "words that begin as reserved ones do, without the colon, and another cloud's", [
    tags({ awsome: 'a', 'my-aws:x': 'b', 'privatelink-router': 'c', microsoft: 'd', azure: 'e', Windows: 'f' }),
  ]),
  near('PLR1402', 'a key of 128 and a value of 256 characters', [tags({ ['k'.repeat(128)]: 'ü'.repeat(256) })]),
  near('PLR1403', 'every character that AWS takes', [tags({ 'Größe 1_.:/=+@-': '_ . : / = + - @ 9 α' })]),
  near('PLR1404', 'as many tags as a resource takes', [
    tags(
      Object.fromEntries(
        Array.from({ length: limitValue('aws.tagsPerResource', {}) - OWN_TAGS - 1 }, (_, i) => [`t${i}`, 'x']),
      ),
    ),
  ]),
  near('PLR1405', 'keys that differ by letter case on AWS, where they are two', [
    tags({ team: 'a', Team: 'b', name: 'c' }),
  ]),
  near(
    'PLR1404',
    'as many tags as a resource takes, with those of the target, one of which replaces one of the router',
    [
      [
        'enabled: false',
        `owner: me\n        tags: { team: crm, ${Array.from({ length: limitValue('aws.tagsPerResource', {}) - OWN_TAGS - 3 }, (_, i) => `t${i}: x`).join(', ')} }`,
      ],
    ],
  ),
  near('PLR1406', 'addresses of e-mail, and the words of credentials in a sentence', [
    [
      'enabled: false',
      'owner: orders-team@acme.com\n        description: Orders - password rotation by vault-team@acme.co.uk or jane.doe+db@acme.com.',
    ],
  ]),
  near('PLR1116', 'an owner of 128 and a description of 256 characters', [
    ['enabled: false', `owner: ${'ü'.repeat(128)}\n        description: ${'x'.repeat(256)}`],
  ]),
  near('PLR1403', 'a description with every sign of prose', [
    ['enabled: false', 'description: "Orders, (all) regions; 100 % – ask first!"'],
  ]),
  near('PLR1411', 'a limit that the table has', [['loadBalancersPerRegion: 60', 'targetGroupsUsed: 7']]),
  near('PLR1412', 'a limit that AWS raises', [['loadBalancersPerRegion: 60', 'loadBalancersPerRegion: 1000']]),
  whole(
    'PLR1413',
    'as many NCCs as a region takes, and one more in another',
    routers(
      ...Array.from({ length: 11 }, (_, i) =>
        awsRouter(
          `r${i}`,
          `name: ncc-${i}, workspaceIds: [${i + 1}]`,
          't: t.corp.example:1',
          i === 10 ? 'us-west-2' : 'us-east-2',
        ),
      ),
    ),
  ),
  near('PLR1414', 'dollar and percent signs, and the placeholders', [
    ['key: "plr/{env}/{router}.tfstate"', 'key: "plr$/100%/$env/{env}-{router}.tfstate"'],
  ]),
];
