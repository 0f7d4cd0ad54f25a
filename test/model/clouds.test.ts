import { describe, expect, it } from 'vitest';
import { byCloud, CLOUD_NAMES, CLOUDS, type CloudTable } from '../../src/model';

type Thing =
  | { readonly cloud: 'aws'; readonly region: string }
  | { readonly cloud: 'azure'; readonly location: string };

const PLACES: CloudTable<Thing, [before: string], string> = {
  aws: ({ region }, before) => `${before} ${region}`,
  azure: ({ location }, before) => `${before} ${location}`,
};

describe('a table by cloud', () => {
  it('gives a thing to the row of its own cloud, with what is given beside it', () => {
    expect(byCloud<Thing, [string], string>(PLACES, { cloud: 'aws', region: 'us-east-2' }, 'in')).toBe('in us-east-2');
    expect(byCloud<Thing, [string], string>(PLACES, { cloud: 'azure', location: 'eastus2' }, 'in')).toBe('in eastus2');
  });

  it('has a name for every cloud', () => {
    expect(CLOUDS.map((cloud) => CLOUD_NAMES[cloud])).toEqual(['AWS', 'Azure']);
  });
});
