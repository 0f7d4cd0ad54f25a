import { suggestion, type Teardown } from '../../model';
import { errorAt, fault, type InventoryFinding, quote } from '../findings';
import { accountOf } from './accounts';
import type { Check, CheckContext, RouterView } from './context';

/** Routers that use the NCC of another router: which one that may be, and that it stays as long as they do. */
export const checkSharedNccs: Check = function* (context) {
  for (const router of context.routers) {
    yield* madeHere(router, context);
    const name = router.written.ncc?.router;
    if (name === undefined) continue;
    const owner = context.routers.find((one) => one.name === name);
    if (owner !== undefined) {
      const wrong = wrongOwner(router, owner) ?? elsewhere(router, owner, context) ?? ambiguous(router, owner, context);
      yield* wrong === undefined ? leavesFirst(router, owner) : [wrong];
    } else if (!context.has(['routers', name])) {
      yield unknownOwner(router, name, context);
    }
  }
};

function at(router: RouterView): readonly string[] {
  return [...router.path.map(String), 'ncc', 'router'];
}

function unknownOwner(router: RouterView, name: string, { routers }: CheckContext): InventoryFinding {
  const makers = routers.filter(({ written }) => written.ncc?.name !== undefined).map((one) => one.name);
  const reason = fault(
    'PLR1334',
    `There is no router ${quote(name)} in this inventory.${suggestion(name, makers)}`,
    'Name the router that makes the NCC. Where nobody here makes it, write `ncc: { existing: NAME }` with the name of the NCC.',
  );
  return errorAt(at(router), reason);
}

/** A router that makes no NCC has none to give. */
function wrongOwner(router: RouterView, owner: RouterView): InventoryFinding | undefined {
  const { ncc } = owner.written;
  if (owner === router) {
    return refused(
      router,
      'A router cannot take the NCC of itself.',
      'Name another router, or write `ncc: { name: …, workspaceIds: […] }` to make one.',
    );
  }
  if (ncc?.router !== undefined) {
    return refused(
      router,
      `The router ${owner.name} takes its NCC from ${ncc.router}; only a router that makes an NCC can share it.`,
      `Write \`router: ${ncc.router}\`.`,
    );
  }
  const way = (['id', 'existing'] as const).find((key) => ncc?.[key] !== undefined);
  if (way === undefined) return undefined;
  return refused(
    router,
    `The router ${owner.name} does not make its NCC, but takes one that exists by ${way}.`,
    `Give this router the same: \`ncc: { ${way}: ${ncc?.[way]} }\`.`,
  );
}

function refused(router: RouterView, message: string, fix: string): InventoryFinding {
  return errorAt(at(router), fault('PLR1334', message, fix));
}

/** An NCC is of one region of one account, and so of one cloud. */
function elsewhere(router: RouterView, owner: RouterView, context: CheckContext): InventoryFinding | undefined {
  const [here, there] = [router, owner].map((one) => placeOf(one, context));
  if (here === undefined || there === undefined || here === there) return undefined;
  const reason = fault(
    'PLR1318',
    `The NCC of ${owner.name} is of ${there}; this router is of ${here}.`,
    'Give the router an NCC of its own: `ncc: { name: …, workspaceIds: […] }`.',
  );
  return errorAt(at(router), reason);
}

function placeOf(router: RouterView, context: CheckContext): string | undefined {
  const account = accountOf(router, context);
  if (router.region === undefined || account === '') return undefined;
  return `${router.region} in the Databricks account ${account}`;
}

/** Terraform looks an NCC up by its name in the whole account. */
function ambiguous(router: RouterView, owner: RouterView, context: CheckContext): InventoryFinding | undefined {
  const name = owner.written.ncc?.name;
  const twin = context.routers.find(
    (one) =>
      one !== owner &&
      name !== undefined &&
      one.written.ncc?.name === name &&
      one.region !== owner.region &&
      accountOf(one, context) === accountOf(owner, context),
  );
  if (twin === undefined) return undefined;
  return refused(
    router,
    `Terraform looks up the NCC ${name} by its name in the whole account, and ${twin.name} makes one of that name in ${twin.region} too.`,
    'Give one of the two NCCs another name before anything of it is applied, or give this router the id: `ncc: { id: … }`.',
  );
}

/** The name of an NCC that a router of this inventory makes: what it shares is known better by the router. */
function* madeHere(router: RouterView, context: CheckContext): Iterable<InventoryFinding> {
  const name = router.written.ncc?.existing;
  const place = placeOf(router, context);
  if (name === undefined || place === undefined) return;
  const maker = context.routers.find((one) => one.written.ncc?.name === name && placeOf(one, context) === place);
  if (maker === undefined) return;
  const reason = fault(
    'PLR1334',
    `The NCC ${name} is not there yet: the router ${maker.name} of this inventory makes it (${context.where([...maker.path, 'ncc', 'name'])}).`,
    `Write \`ncc: { router: ${maker.name} }\`, and list all workspaces there.`,
  );
  yield errorAt([...router.path, 'ncc', 'existing'], reason);
}

const STEPS: readonly (Teardown | undefined)[] = [undefined, 'prepare', 'destroy'];

/** The one that makes the NCC goes last. */
function* leavesFirst(router: RouterView, owner: RouterView): Iterable<InventoryFinding> {
  const [own, step] = [router.written.teardown, owner.written.teardown];
  if (step === undefined || STEPS.indexOf(own) >= STEPS.indexOf(step)) return;
  const reason = fault(
    'PLR1335',
    `teardown of ${owner.name} is ${step}, and the router ${router.name}, which uses its NCC, ${own === undefined ? 'stays' : `is at ${own}`}.`,
    `Take ${router.name} away first (\`teardown: ${STEPS[STEPS.indexOf(own) + 1]}\`). If it stays, give it the NCC by name instead: \`ncc: { existing: ${owner.written.ncc?.name ?? 'NAME'} }\`.`,
  );
  yield errorAt([...owner.path, 'teardown'], reason);
}
