import { type AwsDatabricks, databricksOf } from '../../limits';
import { CLOUD_NAMES, CLOUDS, type Cloud } from '../../model';
import { type Fault, fault, quote } from '../findings';
import type { Judge } from './forms';

/** Which Databricks an account belongs to: AWS has several, every other cloud one. */
export type Console = AwsDatabricks | Exclude<Cloud, 'aws'>;

const COMMERCIAL = 'https://accounts.cloud.databricks.com';

/** Account consoles by the Databricks that they belong to; the first is the default. */
const CONSOLES: Readonly<Record<Console, readonly string[]>> = {
  commercial: databricksOf('commercial').accountHosts,
  civilian: databricksOf('civilian').accountHosts,
  dod: databricksOf('dod').accountHosts,
  azure: ['https://accounts.azuredatabricks.net'],
};

/** The Databricks of a cloud that an account belongs to unless something says otherwise. */
const USUAL: Readonly<Record<Cloud, Console>> = { aws: 'commercial', azure: 'azure' };

/** The account console's address for routers on Azure, on AWS outside GovCloud, or in one of its two. */
export function defaultAccountHost(kind: Console | undefined): string {
  return CONSOLES[kind ?? 'commercial'][0] ?? COMMERCIAL;
}

/** Which Databricks an address belongs to; undefined where it is none that we know. */
export function consoleOf(host: string): Console | undefined {
  const bare = host.toLowerCase().replace(/\/$/, '');
  return (Object.keys(CONSOLES) as Console[]).find((kind) => CONSOLES[kind].includes(bare));
}

/** An address of scheme, host and port; known hosts that are no account console are told apart. */
export const accountHostForm: Judge = (text) => {
  const shown = quote(text);
  const [, scheme, host = ''] = /^(https?):\/\/([a-z\d.-]+)(:\d{1,5})?\/?$/i.exec(text) ?? [];
  const lower = host.toLowerCase();
  if (scheme === undefined) return wrong(`${shown} is not an address of scheme and host.`);
  if (scheme.toLowerCase() === 'http' && !/^(localhost|127\.0\.0\.1)$/.test(lower)) {
    return wrong(`${shown} is not encrypted; credentials would travel in the clear.`);
  }
  if (/(^|\.)azuredatabricks\.(us|cn)$/.test(lower)) {
    return wrong(`${shown} belongs to Azure Government or Azure in China, where this program makes no routers.`);
  }
  if (/(^|\.)gcp\.databricks\.com$/.test(lower)) {
    return wrong(`${shown} belongs to Databricks on Google Cloud; routers stand in AWS and Azure.`);
  }
  const databricks = /\.(databricks\.(com|us|mil)|azuredatabricks\.net)$/.test(lower);
  if (databricks && !lower.startsWith('accounts'))
    return wrong(`${shown} is a workspace; NCCs and rules belong to the account.`);
  return undefined;
};

function wrong(message: string): Fault {
  const own = CLOUDS.map((cloud) => `${defaultAccountHost(USUAL[cloud])} on ${CLOUD_NAMES[cloud]}`).join(' and ');
  return fault('PLR1311', message, `Leave the key away, or write the account console's own address, ${own}.`);
}
