import type { Limit } from '../model';
import { PARTITIONS, type Partition } from './partitions';
import { LIMITS, raiseKey } from './table';

const HOLDERS: Readonly<Record<Limit['enforcedBy'], string>> = {
  check: '`check` refuses it',
  planner: '`plan`, `lock` and `synth` hold it',
  terraform: 'a precondition at `terraform plan`',
  report: 'what is printed is cut to it',
  warning: '`plan`, `lock` and `synth` warn',
  documented: 'nobody here can see it',
};

/** `docs/limits.md`: every row of the table, in its order. */
export function renderLimitsMarkdown(): string {
  return [
    '# Limits',
    '',
    'Generated from `src/limits` by `npm run generate`; change the table there, not this page.',
    '',
    'A limit with a key in the column "raise with" is one that its provider raises on request: state the new value',
    'under `limits:` of the inventory or of a router. A key in the column "used" states how much of the limit is taken',
    'already by what stands outside this inventory. A limit of Terraform is what we recommend: state how many are all right.',
    '',
    '| limit | what | value | raise with | used | held by | source, checked |',
    '|---|---|---|---|---|---|---|',
    ...LIMITS.map(row),
    '',
    '# Partitions of AWS',
    '',
    'A router admits the role of the Databricks of its partition. Where there is none, no serverless compute can connect,',
    'and the region is refused, also where `limits: { regions: [...] }` states it. `eusc-*` is in Germany and still no',
    'region of the commercial partition: it has its own accounts, endpoints and IAM, and a role of `aws` means nothing there.',
    '',
    '| partition | regions | role that connects | account console | source, checked |',
    '|---|---|---|---|---|',
    ...PARTITIONS.flatMap(partitionRows),
    '',
  ].join('\n');
}

function partitionRows({ name, prefix, regions, databricks, source, checked }: Partition): readonly string[] {
  const where = regions?.join(', ') ?? (prefix === '' ? 'all others' : `${prefix}*`);
  const kinds = Object.values(databricks).map(({ principal, accountHosts }) => [
    `\`${principal('REGION')}\``,
    accountHosts.join(', '),
  ]);
  return (kinds.length === 0 ? [['none', 'none']] : kinds).map(
    ([role, console]) => `| \`${name}\` | \`${where}\` | ${role} | ${console} | [source](${source}), ${checked} |`,
  );
}

function row(limit: Limit): string {
  const cells = [
    `\`${limit.id}\``,
    limit.what,
    `${limit.value} ${limit.unit}`,
    limit.adjustable ? `\`${raiseKey(limit.id)}\`` : 'fixed',
    limit.usedKey === undefined ? '' : `\`${limit.usedKey}\``,
    HOLDERS[limit.enforcedBy],
    `[source](${besideThisPage(limit.source)}), ${limit.checked}`,
  ];
  return `| ${cells.join(' | ')} |`;
}

/** The address of a source from a page of `docs/`. */
function besideThisPage(source: string): string {
  return source.replace(/^docs\//, '');
}
