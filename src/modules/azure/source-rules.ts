import { PRIVATE_RANGES } from '../../model';
import { IPV4 } from '../host-problems';
import { matches, type Rule, shown } from '../problems';

/** The networks that logins may come from: any but all of them. */
export function loginRules(): readonly Rule[] {
  const key = 'forwarder.ssh.from';
  return sourceRules(key, {
    when: matches(/\/0$/, 'cidr'),
    say: `${key}[\${i}], \${${shown('cidr')}}, is every address there is. Name the networks of the people who log in.`,
  });
}

/** The networks that metrics may be read from: private ones. */
export function scraperRules(): readonly Rule[] {
  const key = 'forwarder.metrics.from';
  const bits = 'tonumber(split("/", cidr)[1])';
  const within = ([range, least]: readonly [RegExp, number]): string =>
    `(${matches(range, 'cidr')} && ${bits} >= ${least})`;
  const ranges: readonly (readonly [RegExp, number])[] = [
    [/^10[.]/, 8],
    [/^172[.](1[6-9]|2[0-9]|3[01])[.]/, 12],
    [/^192[.]168[.]/, 16],
    [/^100[.](6[4-9]|[7-9][0-9]|1[01][0-9]|12[0-7])[.]/, 10],
  ];
  return sourceRules(key, {
    when: `!(${ranges.map(within).join(' || ')})`,
    say: `${key}[\${i}], \${${shown('cidr')}}, is not private; metrics are read from within ${PRIVATE_RANGES.join(', ')}. Name the networks of the scrapers.`,
  });
}

/** Networks of a list, written as a network is and not too wide. */
function sourceRules(key: string, tooWide: Rule): readonly Rule[] {
  const value = `${key}[\${i}], \${${shown('cidr')}},`;
  return [
    {
      when: matches(/:/, 'cidr'),
      say: `${value} is a network of IPv6; machines are IPv4. Write a network such as 10.20.0.0/24.`,
    },
    {
      when: matches(IPV4, 'cidr'),
      say: `${value} is an address without the length of a network. Write \${cidr}/32 for this address alone.`,
    },
    {
      when: `!${matches(new RegExp(`${IPV4.source.replace(/\$$/, '')}/(0|[1-9]|[12][0-9]|3[0-2])$`), 'cidr')}`,
      say: `${value} is not a network: an IPv4 address, a slash and 0 to 32. Write a network such as 10.20.0.0/24.`,
    },
    tooWide,
    {
      when: 'cidrhost(cidr, 0) != split("/", cidr)[0]',
      say: `${value} is an address inside a network, which begins at \${cidrhost(cidr, 0)}. Write \${cidrhost(cidr, 0)}/\${split("/", cidr)[1]}, if that is what is meant.`,
    },
  ];
}
