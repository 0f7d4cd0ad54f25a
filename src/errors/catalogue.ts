import { adoptCodes } from './adopt-codes';
import { cliCodes } from './cli-codes';
import { inventoryCodes } from './inventory-codes';
import { lockCodes } from './lock-codes';
import { modulesCodes } from './modules-codes';
import { plannerCodes } from './planner-codes';
import { resolverCodes } from './resolver-codes';
import { stacksCodes } from './stacks-codes';

/** What the documentation says of a code, in Markdown: a short title, and what it means; what to do only where no finding says it. */
export interface CodeEntry {
  readonly title: string;
  readonly explanation: string;
}

/** Every code that a diagnostic can bear. `docs/errors.md` is generated from it; a code is never given a second meaning. */
export const CATALOGUE: Readonly<Record<string, CodeEntry>> = {
  ...inventoryCodes,
  ...plannerCodes,
  ...lockCodes,
  ...resolverCodes,
  ...stacksCodes,
  ...modulesCodes,
  ...cliCodes,
  ...adoptCodes,
};
