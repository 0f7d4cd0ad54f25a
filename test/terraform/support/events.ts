import type { Ended } from './processes';

/** What terraform means to do with one resource, in its own words: `remove` is to forget, without deleting. */
export type Action = 'create' | 'update' | 'delete' | 'replace' | 'read' | 'move' | 'remove' | 'import' | 'noop';

interface Message {
  readonly severity: 'error' | 'warning';
  readonly summary: string;
  readonly detail: string;
  readonly address?: string;
}

interface Counts {
  readonly add: number;
  readonly change: number;
  readonly destroy: number;
}

interface Result {
  readonly ok: boolean;
  readonly counts: Counts;
  readonly messages: readonly Message[];
  /** What a run that failed said outside of its events, as it does where it crashes. */
  readonly crash?: string;
}

export interface PlanResult extends Result {
  /** By address; data sources that are read later are here too. */
  readonly changes: Readonly<Record<string, Action>>;
  /** The address that a moved resource had before. */
  readonly moved: Readonly<Record<string, string>>;
}

export interface ApplyResult extends Result {
  /** What was done, in the order in which it was finished; what was read only is left out. */
  readonly done: readonly { readonly action: string; readonly address: string }[];
}

/** One line of terraform's machine-readable output (developer.hashicorp.com/terraform/internals/machine-readable-ui). */
interface Event {
  readonly type: string;
  readonly change?: {
    readonly resource: { readonly addr: string };
    readonly previous_resource?: { readonly addr: string };
    readonly action: string;
  };
  readonly changes?: { readonly add: number; readonly change: number; readonly remove: number };
  readonly diagnostic?: Message;
  readonly hook?: { readonly resource: { readonly addr: string }; readonly action: string };
}

/** What a line of an apply says that a waiting person wants to see, if anything. */
export function progressOf(line: string): string | undefined {
  if (!/"type":"(apply_progress|apply_errored)"/.test(line)) return undefined;
  const { '@message': message } = JSON.parse(line) as { '@message': string };
  // Terraform speaks every ten seconds of every resource; twice a minute is enough.
  return /[12456]0s elapsed\]$/.test(message) ? undefined : message;
}

function events({ stdout, stderr }: Ended): readonly Event[] {
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      try {
        return JSON.parse(line) as Event;
      } catch {
        throw new Error(`terraform said something that is no JSON: ${line}\n${stderr}`);
      }
    });
}

function result(ended: Ended, seen: readonly Event[]): Result {
  const summary = seen.filter((event) => event.type === 'change_summary').at(-1)?.changes;
  const messages = seen.flatMap(({ diagnostic }) => (diagnostic === undefined ? [] : [diagnostic]));
  return {
    ok: ended.code === 0,
    counts: { add: summary?.add ?? 0, change: summary?.change ?? 0, destroy: summary?.remove ?? 0 },
    messages,
    ...(ended.code === 0 || ended.stderr === '' ? {} : { crash: ended.stderr }),
  };
}

/** The result of `terraform plan -json`. */
export function readPlan(ended: Ended): PlanResult {
  const seen = events(ended);
  const planned = seen.flatMap(({ type, change }) =>
    type === 'planned_change' && change !== undefined ? [change] : [],
  );
  return {
    ...result(ended, seen),
    changes: Object.fromEntries(planned.map(({ resource, action }) => [resource.addr, action as Action])),
    moved: Object.fromEntries(
      planned.flatMap(({ resource, previous_resource: previous }) =>
        previous === undefined ? [] : [[resource.addr, previous.addr]],
      ),
    ),
  };
}

/** The result of `terraform apply -json` or `destroy -json`. */
export function readApply(ended: Ended): ApplyResult {
  const seen = events(ended);
  return {
    ...result(ended, seen),
    done: seen.flatMap(({ type, hook }) =>
      type === 'apply_complete' && hook !== undefined && hook.action !== 'read'
        ? [{ action: hook.action, address: hook.resource.addr }]
        : [],
    ),
  };
}

/** Everything that terraform complained of, for a failed expectation. */
export function complaints({ messages, crash }: Result): string {
  const told = messages.map(
    ({ severity, summary, detail, address }) => `${severity}: ${summary} (${address})\n${detail}`,
  );
  return [...told, ...(told.length > 0 || crash === undefined ? [] : [crash])].join('\n');
}

/** What a plan changes, by address, without its reads. Fails with Terraform's complaints where there is no plan. */
export function changesOf(plan: PlanResult): Readonly<Record<string, Action>> {
  if (!plan.ok) throw new Error(complaints(plan));
  return Object.fromEntries(Object.entries(plan.changes).filter(([, action]) => action !== 'read'));
}
