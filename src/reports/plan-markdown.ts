import { limit } from '../limits';
import {
  backendsOf,
  type ClientNotice,
  type Compared,
  count,
  type Diagnostic,
  hasForwarderPorts,
  hasSharedListeners,
  nccLabel,
  type PlanChange,
  type PlannedRouter,
  type PlannedShard,
  type RoutingPlan,
  regionOf,
  shortList,
} from '../model';
import { sentence } from './alarms';
import { byNotice, describeChange, MARKERS, NOTICES, subjectOf, summaryLine } from './changes';
import { LABELS, listenerCells } from './listener-cells';
import { type Block, code, Page, quote, tableHead, tableRow } from './markdown';
import { retiredWords } from './words';

/** Left free for a line with which whoever posts the text marks it as its own. */
const RESERVE = 256;
/** A table with more rows than this is folded. */
const MOST_OPEN = 25;

/** What a plan in Markdown says. */
export interface PlanMarkdown {
  /** Undefined where an error kept the planner from deciding. */
  readonly plan?: RoutingPlan;
  readonly changes: readonly PlanChange[];
  readonly compared: Compared;
  readonly diagnostics: readonly Diagnostic[];
  /** What the plan is compared with, as the user named it. @default the lock beside the inventory */
  readonly against?: string;
  /** The environment. @default none */
  readonly env?: string;
  /** The router that alone is shown. @default all of them */
  readonly router?: string;
}

function heading({ env, router, against }: PlanMarkdown): string {
  const names = [env, router].filter((name) => name !== undefined).map(quote);
  const of = names.length === 0 ? '' : ` of ${names.join(' / ')}`;
  return `## Plan${of}${against === undefined ? '' : ` against ${quote(against)}`}`;
}

/** The line that says what happens: what clients lose comes first in it. */
function status({ plan, changes, compared, diagnostics, against }: PlanMarkdown): string {
  const errors = diagnostics.filter(({ severity }) => severity === 'error').length;
  if (plan === undefined) {
    return `**${count(errors, 'error')}: nothing can be planned until ${errors === 1 ? 'it is' : 'they are'} fixed.**`;
  }
  const first = errors === 0 ? '' : `${count(errors, 'error')}, do not merge this as it is. `;
  return compared === 'nothing'
    ? `**${first}Not compared with ${quote(against ?? '')}: the warnings say why.**`
    : `**${first}${summaryLine(plan, changes)}.**`;
}

/** What a reviewer sees first: one box for each thing that clients notice, coloured by GitHub. */
const BOXES: Readonly<Record<Exclude<ClientNotice, 'nothing'>, string>> = {
  'reach another target': 'CAUTION',
  'lose access': 'CAUTION',
  interrupted: 'WARNING',
};

function boxes(changes: readonly PlanChange[]): readonly Block[] {
  return byNotice(changes).flatMap(({ clients, changes: noticed }) =>
    clients === 'nothing'
      ? []
      : [
          list(
            [`> [!${BOXES[clients]}]`, `> **${NOTICES[clients]}:**`, '>'],
            noticed.map((change) => sentence(change, quote)),
            '> ',
          ),
        ],
  );
}

/** What no list of changes can show, because of what is compared. */
function unseen({ plan, compared }: PlanMarkdown): readonly string[] {
  if (plan === undefined || compared !== 'locks') return [];
  return ['', 'Compared by locks alone, which keep places, hosts and domains: other settings are not compared.'];
}

function list(title: readonly string[], entries: readonly string[], before = ''): Block {
  return {
    head: title,
    rows: entries.map((entry) => `${before}- ${entry}`),
    more: (left) => `${before}- and ${left} more`,
  };
}

function finding({ code: number, message, fix, file, line, path }: Diagnostic): string {
  const place = file === undefined ? '' : ` at ${quote(line === undefined ? file : `${file}:${line}`)}`;
  const where = path === '' ? '' : ` ${quote(path)}`;
  return `${number}${place}${where}: ${code(message)} → ${code(fix)}`;
}

function findings(severity: Diagnostic['severity'], title: string, diagnostics: readonly Diagnostic[]): Block {
  return list([`### ${title}`, ''], diagnostics.filter((one) => one.severity === severity).map(finding));
}

function changesBlock(changes: readonly PlanChange[]): Block {
  const rows = changes.map((change) =>
    tableRow([
      MARKERS[change.change],
      quote(subjectOf(change)),
      change.about,
      quote(describeChange(change)),
      CLIENTS[change.clients],
    ]),
  );
  return table('Changes', `### Changes`, ['', 'what', 'is', 'change', 'clients'], rows);
}

/** What clients notice, in a cell. */
const CLIENTS: Readonly<Record<ClientNotice, string>> = {
  'reach another target': '**another database answers**',
  'lose access': '**lose access**',
  interrupted: 'running jobs are cut once',
  nothing: 'nothing',
};

/** A table under a title; a long one is folded under it. `summary` must be plain words: it stands in HTML. */
function table(
  summary: string,
  title: string,
  titles: readonly string[],
  rows: readonly string[],
  after: readonly string[] = [],
): Block {
  const folded = rows.length > MOST_OPEN;
  const open = folded
    ? [title, '', `<details><summary>${summary}: ${count(rows.length, 'row')}</summary>`, '']
    : [title, ''];
  return {
    head: [...open, ...(rows.length === 0 ? [] : tableHead(titles))],
    rows,
    foot: [...(folded ? ['', '</details>'] : []), ...(after.length === 0 ? [] : ['', ...after])],
    more: (left) => tableRow(titles.map((_, index) => (index === 1 ? `and ${left} more` : ''))),
  };
}

/** The shard's key, and the pin that its targets have. */
function shardWords({ key, pin }: PlannedShard): string {
  return pin === undefined ? key : `${key} (pin ${pin})`;
}

function routerBlock(router: PlannedRouter, changes: readonly PlanChange[]): Block {
  const own = changes.filter(
    ({ router: name, about, change }) => name === router.name && about === 'target' && change !== 'removed',
  );
  const shards: readonly PlannedShard[] = router.shards;
  const backends = shards.flatMap(backendsOf);
  const labels = LABELS.filter((label) => backends.some((backend) => backend[label] !== undefined));
  const forwarderPorts = hasForwarderPorts(shards);
  const routes = hasSharedListeners(shards);
  const rows = shards.flatMap((shard) =>
    listenerCells(shard, own, { labels, forwarderPorts, routes }).map(({ cells }) =>
      tableRow([shardWords(shard), ...cells]),
    ),
  );
  const owner = router.ncc.router === undefined ? '' : ` of ${quote(router.ncc.router)}`;
  const ncc = `${quote(nccLabel(router.ncc))}${owner}`;
  const teardown = router.teardown === undefined ? '' : `, teardown: ${router.teardown}`;
  const title = `### ${quote(router.deployment)}: ${router.cloud} ${quote(regionOf(router))}, NCC ${ncc}${teardown}`;
  const retired = router.retired.map((one) => `${quote(retiredWords(one))} (${quote(one.target)})`);
  const after = retired.length === 0 ? [] : [`Retired ports, given to nobody: ${shortList(retired, MOST_RETIRED)}.`];
  const titles = [
    'shard',
    'port#',
    ...(forwarderPorts ? ['forwarder port#'] : []),
    ...(routes ? ['route'] : []),
    'target',
    'leads to',
    'clients dial',
    ...labels,
    'change',
  ];
  return table('Listeners', title, titles, rows, after);
}

const MOST_RETIRED = 20;

/**
 * A plan as a comment on a pull request, in GitHub's Markdown: what must not be overlooked first, then all changes, what
 * the checks say, and every port with the database behind it. Names, hosts and messages stand in code spans only, so that
 * none of them is a mention, a link or a tag. Never longer than a comment may be; the same input gives the same text.
 */
export function renderPlanMarkdown(input: PlanMarkdown): string {
  const { plan, changes, diagnostics } = input;
  const page = new Page(limit('github.commentCharacters').value - RESERVE);
  page.add({ head: [heading(input), '', status(input), ...unseen(input)], rows: [], more: String });
  const blocks: readonly Block[] = [
    ...boxes(changes),
    findings('error', 'Errors', diagnostics),
    changesBlock(changes),
    findings('warning', 'Warnings', diagnostics),
  ];
  for (const block of blocks.filter(({ rows }) => rows.length > 0)) {
    page.add(block);
  }
  for (const router of plan?.routers ?? []) {
    page.add(routerBlock(router, changes));
  }
  return page.toString();
}
