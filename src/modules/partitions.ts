import { COMMERCIAL_REGION, PARTITIONS } from '../limits';
import { matches, type Rule, shown } from './problems';

const UNSERVED = PARTITIONS.filter(({ databricks }) => Object.keys(databricks).length === 0);

/**
 * A region of AWS where Databricks has neither role nor account console, whatever `limits.regions` says: the role would be
 * one of another partition.
 *
 * @param region an expression of a text that has the form of a region
 * @param name the input's name, for the message
 */
export function outOfReach(region: string, name: string): Rule {
  // As terraform fmt writes a list.
  const list = (texts: readonly string[]): string => `[${texts.map((text) => JSON.stringify(text)).join(', ')}]`;
  const begins = (prefixes: readonly string[]): string =>
    `length([for prefix in ${list(prefixes)} : prefix if startswith(${region}, prefix)]) > 0`;
  const named = PARTITIONS.filter(({ prefix, regions }) => prefix !== '' && regions !== undefined);
  const unnamed = named.map(
    ({ prefix, regions }) =>
      `startswith(${region}, ${JSON.stringify(prefix)}) && !contains(${list(regions ?? [])}, ${region})`,
  );
  const commercial = `${matches(COMMERCIAL_REGION, region)} || ${begins(named.map(({ prefix }) => prefix))}`;
  return {
    when: [begins(UNSERVED.map(({ prefix }) => prefix)), ...unnamed, `!(${commercial})`]
      .map((one) => `(${one})`)
      .join(' || '),
    say: `${name} is \${${shown(region)}}, in a partition of AWS or a part of one where Databricks has no role for private connectivity: nothing of Databricks could connect. Write a region such as us-east-2; limits.regions does not change this.`,
  };
}
