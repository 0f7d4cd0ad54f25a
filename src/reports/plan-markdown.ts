import { limit } from '../limits';
import {
  type Diagnostic,
  type PlanChange,
  type PlannedRouter,
  type PlannedShard,
  type RoutingPlan,
  regionOf,
} from '../model';
import { alarms, type Comparison, shardNotes } from './alarms';
import { describeChange, MARKERS, summaryLine } from './changes';
import { type Block, code, Page, tableHead, tableRow } from './markdown';
import { count, cutMiddle } from './words';

/** Left free for a line with which whoever posts the text marks it as its own. */
const RESERVE = 256;
/** A table with more rows than this is folded. */
const MOST_OPEN = 25;
/** A text of the user's in a sentence is not longer than this. */
const LONGEST_WORD = 120;

/** What a plan in Markdown says. */
export interface PlanMarkdown {
  /** Undefined where an error kept the planner from deciding. */
  readonly plan?: RoutingPlan;
  /** Undefined together with `plan`, or where the lock to compare with could not be read. */
  readonly comparison?: Comparison;
  readonly diagnostics: readonly Diagnostic[];
  /** What the plan is compared with, as the user named it. @default the lock as it stands */
  readonly against?: string;
  /** The environment. @default none */
  readonly env?: string;
  /** The router that alone is shown. @default all of them */
  readonly router?: string;
}

const quote = (text: string): string => code(cutMiddle(text, LONGEST_WORD));

function heading({ env, router, against }: PlanMarkdown): string {
  const names = [env, router].filter((name) => name !== undefined).map(quote);
  const of = names.length === 0 ? '' : ` of ${names.join(' / ')}`;
  return `## Plan${of}${against === undefined ? '' : ` against ${quote(against)}`}`;
}

function status({ plan, comparison, diagnostics }: PlanMarkdown, loud: number): string {
  const errors = diagnostics.filter(({ severity }) => severity === 'error').length;
  if (plan === undefined || comparison === undefined) {
    return `**${count(errors, 'error')}: nothing can be planned before they are mended.**`;
  }
  const summary = `${errors === 0 ? '' : `${count(errors, 'error')}, not to be merged as it is. `}${summaryLine(plan, comparison.changes)}`;
  return loud === 0
    ? `**${summary}.**`
    : `**${summary}. ${count(loud, 'line')} below ${loud === 1 ? 'needs' : 'need'} a look.**`;
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
  const rows = changes.map((change) => {
    const { shard, listenerPort } = change.change === 'added' ? change.to : change.from;
    const comesOrGoes = change.change === 'added' || change.change === 'removed';
    const place = comesOrGoes && listenerPort !== undefined ? `port ${listenerPort} on ${shard}` : '';
    const what = comesOrGoes
      ? [change.change, place].filter((word) => word !== '').join(': ')
      : code(describeChange(change));
    return tableRow([MARKERS[change.change], quote(change.router), quote(change.target), what]);
  });
  return table('Changes', `### Changes`, ['', 'router', 'target', 'change'], rows);
}

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

interface Listed {
  readonly port: number;
  readonly cells: readonly string[];
}

function shardRows(shard: PlannedShard, changes: ReadonlyMap<string, PlanChange>): readonly Listed[] {
  const note = (target: string): string => {
    const change = changes.get(target);
    return change === undefined ? '' : code(describeChange(change));
  };
  return [
    ...shard.listeners.map(({ target, listenerPort, host, port, domain }) => ({
      port: listenerPort,
      cells: [String(listenerPort), quote(target), quote(`${host}:${port}`), quote(domain), note(target)],
    })),
    ...shard.reserved.map(({ target, listenerPort }) => ({
      port: listenerPort,
      cells: [String(listenerPort), quote(target), 'disabled: refused', '', note(target)],
    })),
  ].sort((a, b) => a.port - b.port);
}

function routerBlock(router: PlannedRouter, changes: readonly PlanChange[]): Block {
  const byTarget = new Map(
    changes
      .filter((change) => change.router === router.name && change.change !== 'removed')
      .map((change) => [change.target, change]),
  );
  const shards: readonly PlannedShard[] = router.shards;
  const rows = shards.flatMap((shard) =>
    shardRows(shard, byTarget).map(({ cells }) => tableRow([shard.key, ...cells])),
  );
  const ncc = quote(router.ncc.name ?? router.ncc.id ?? '');
  const teardown = router.teardown === undefined ? '' : `, teardown: ${router.teardown}`;
  const title = `### ${quote(router.deployment)}: ${router.cloud} ${quote(regionOf(router))}, NCC ${ncc}${teardown}`;
  const retired = router.retired.map(({ listenerPort, target }) => `${listenerPort} (${quote(target)})`);
  const after = retired.length === 0 ? [] : [`Retired ports, given to nobody: ${cut(retired)}.`];
  return table('Listeners', title, ['shard', 'port#', 'target', 'leads to', 'clients dial', 'change'], rows, after);
}

const MOST_RETIRED = 20;

function cut(words: readonly string[]): string {
  const shown = words.slice(0, MOST_RETIRED).join(', ');
  return words.length > MOST_RETIRED ? `${shown} and ${words.length - MOST_RETIRED} more` : shown;
}

/**
 * A plan as a comment on a pull request, in GitHub's Markdown: what must not be overlooked first, then all changes, what
 * the checks say, and every port with the database behind it. Names, hosts and messages stand in code spans only, so that
 * none of them is a mention, a link or a tag. Never longer than a comment may be; the same input gives the same text.
 */
export function renderPlanMarkdown(input: PlanMarkdown): string {
  const { plan, comparison, diagnostics } = input;
  const page = new Page(limit('github.commentCharacters').value - RESERVE);
  const loud = comparison === undefined ? [] : alarms(comparison, quote);
  page.add({ head: [heading(input), '', status(input, loud.length)], rows: [], more: String });
  const blocks: readonly Block[] = [
    list(['> [!CAUTION]', '> **Clients notice this:**', '>'], loud, '> '),
    findings('error', 'Errors', diagnostics),
    ...(comparison === undefined
      ? []
      : [changesBlock(comparison.changes), list(['### Shards and ports', ''], shardNotes(comparison, quote))]),
    findings('warning', 'Warnings', diagnostics),
  ];
  for (const block of blocks.filter(({ rows }) => rows.length > 0)) {
    page.add(block);
  }
  for (const router of plan?.routers ?? []) {
    page.add(routerBlock(router, comparison?.changes ?? []));
  }
  return page.toString();
}
