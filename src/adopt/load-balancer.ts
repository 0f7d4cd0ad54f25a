import { listed } from '../model';
import { type AdoptFinding, refused } from './findings';
import type { Found, ResourcesByType } from './resource-types';

/** The network load balancer that is meant, or why nobody can tell. @param wanted its name or ARN */
export function chooseLoadBalancer(
  { loadBalancer }: ResourcesByType,
  wanted: string | undefined,
): Found<'loadBalancer'> | AdoptFinding {
  const network = loadBalancer.filter(({ values }) => values.load_balancer_type === 'network');
  const names = network.map(({ values }) => values.name);
  const [first, ...others] = network;
  if (first === undefined) {
    const other = loadBalancer.map(({ resource }) => resource.address);
    const has = other.length === 0 ? 'it has no load balancer' : `${listed(other)} is of another type`;
    return refused(
      'PLR9103',
      '',
      `the state has no network load balancer: ${has}`,
      'Give the state of the configuration that made the old router.',
    );
  }
  if (wanted !== undefined) {
    const [found, ...twins] = network.filter(({ values }) => values.name === wanted || values.arn === wanted);
    if (found !== undefined && twins.length === 0) return found;
    const how = found === undefined ? 'no network load balancer' : 'several network load balancers';
    const fix = found === undefined ? 'Give the name of one of them.' : 'Give the ARN instead of the name.';
    return refused('PLR9104', '', `the state has ${how} of the name ${wanted}; it has ${listed(names)}`, fix);
  }
  if (others.length === 0) return first;
  return refused(
    'PLR9104',
    '',
    `the state has ${network.length} network load balancers (${listed(names)}), and one router has one`,
    `Say which one is to be taken over, such as \`--load-balancer ${names[0]}\`, and run it again for each of the others.`,
  );
}
