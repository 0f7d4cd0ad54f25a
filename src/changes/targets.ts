import { originOf, pairTargets } from '../lock';
import { hostsOf, type LockedTarget, oneOrAll, type PlanChange } from '../model';
import { type Candidate, changesOf, type Subject, told } from './candidates';
import { type Earlier, earlierTargets } from './places';
import { TARGET_ROWS } from './target-rows';
import { same, type Values } from './values';
import type { RouterView, TargetView } from './view';

/** A router before and after, by the names that its changes bear. */
export interface RouterPair {
  readonly router: string;
  readonly before: RouterView | undefined;
  readonly after: RouterView | undefined;
}

/** What becomes of the targets of a router. */
export function targetChanges(pair: RouterPair): readonly Candidate[] {
  const { before, after } = pair;
  const { kept, added, removed } = pairTargets(lockedTargets(before), lockedTargets(after));
  const reaches = earlierTargets(before);
  const cloud = (after ?? before)?.cloud;
  if (cloud === undefined) return [];
  const subject = (target: string, locked: LockedTarget): Subject => ({
    router: pair.router,
    cloud,
    about: 'target',
    target,
    listenerPort: locked.listenerPort,
  });
  return [
    ...kept.flatMap(([[old, was], [target, is]]) => {
      const [from, to] = [viewed(before, old), viewed(after, target)];
      if (from === undefined || to === undefined) return [];
      const candidates = keptChanges(subject(target, was), { old, target }, from, to, after);
      return reused(candidates, subject(target, is), to, reaches(is), originOf(target, is));
    }),
    ...added.flatMap(([target, locked]) => {
      const view = viewed(after, target);
      if (view === undefined) return [];
      const to = { ...view.known, ...(view.served ? {} : { enabled: false }) };
      const own = subject(target, locked);
      const change = told(own, { change: 'added', clients: 'nothing', what: 'target', from: {}, to });
      return reused([change], own, view, reaches(locked), undefined);
    }),
    ...removed.flatMap(([target, locked]) => {
      const view = viewed(before, target);
      if (view === undefined || (after === undefined && !view.served)) return [];
      const clients = view.served ? 'lose access' : 'nothing';
      return [told(subject(target, locked), { change: 'removed', clients, what: 'target', from: view.known, to: {} })];
    }),
  ];
}

/** A target that stays: under what name, whether it is served, and what of it differs. */
function keptChanges(
  subject: Subject,
  { old, target }: { readonly old: string; readonly target: string },
  from: TargetView,
  to: TargetView,
  after: RouterView | undefined,
): readonly Candidate[] {
  const renamed =
    old === target
      ? []
      : [
          told(subject, {
            change: 'changed',
            clients: 'nothing',
            what: 'name',
            from: { name: old },
            to: { name: target },
          }),
        ];
  if (from.served === to.served) {
    const whole = from.own !== undefined && to.own !== undefined;
    const [before, now] = !from.served
      ? [locked(from), locked(to)]
      : whole
        ? [values(from), values(to)]
        : [from.known, to.known];
    return [...renamed, ...changesOf(subject, TARGET_ROWS, before, now, from.served)];
  }
  const gone = after?.settings.teardown === 'destroy';
  const switched: Pick<PlanChange, 'change' | 'what' | 'from' | 'to'> = gone
    ? { change: 'destroyed', what: 'teardown', from: from.known, to: {} }
    : { change: 'changed', what: 'enabled', from: { enabled: from.served }, to: { enabled: to.served } };
  return [
    ...renamed,
    told(subject, { ...switched, clients: from.served ? 'lose access' : 'nothing' }),
    ...changesOf(subject, TARGET_ROWS, from.known, to.known, false),
  ];
}

/** What both plans know of a target that is served in both. */
function values({ known, own }: TargetView): Values {
  return { ...known, ...own };
}

/** What the lock keeps of a target that nothing listens for; the name it was first made under tells targets apart and is no change. */
function locked({ locked: { bornAs: _bornAs, ...entry } }: TargetView): Values {
  return { ...entry };
}

/** A port that led to another target, now or once, leads to this one: that is what its clients notice. */
function reused(
  candidates: readonly Candidate[],
  subject: Subject,
  to: TargetView,
  earlier: Earlier | undefined,
  origin: string | undefined,
): readonly Candidate[] {
  if (earlier === undefined || !to.served) return candidates;
  const own = earlier.origin === undefined ? earlier.target === subject.target : earlier.origin === origin;
  if (own) return candidates;
  const from = {
    target: earlier.target,
    ...(earlier.host === undefined ? {} : { host: earlier.host, port: earlier.port }),
  };
  const { listenerPort, port } = to.locked;
  const now = { target: subject.target, host: oneOrAll(hostsOf(to.locked)), port };
  return [
    ...candidates,
    told(
      { ...subject, listenerPort },
      { change: 'changed', clients: 'reach another target', what: 'reused port', from, to: now },
    ),
  ];
}

function viewed(view: RouterView | undefined, target: string): TargetView | undefined {
  return view !== undefined && Object.hasOwn(view.targets, target) ? view.targets[target] : undefined;
}

function lockedTargets(view: RouterView | undefined): readonly (readonly [string, LockedTarget])[] {
  return Object.entries(view?.targets ?? {}).map(([name, { locked: entry }]) => [name, entry] as const);
}

/** Whether anything of the targets is served. */
export function servesAny(view: RouterView | undefined, shard?: string): boolean {
  return Object.values(view?.targets ?? {}).some(
    ({ served, known }) => served && (shard === undefined || same(known.shard, shard)),
  );
}
