import { databricksOf } from '../../limits';
import type { AwsPlace } from '../../model';

/** The role of Databricks to allow on the endpoint services of a router. The region alone does not tell the two kinds of GovCloud apart. */
export function principalOf({ region, govcloud }: Pick<AwsPlace, 'region' | 'govcloud'>): string {
  return databricksOf(govcloud ?? 'commercial').principal(region);
}
