import * as z from 'zod/mini';
import { decodeText, defined } from '../model';
import { hclText } from '../modules';
import { type AdoptFinding, refused } from './findings';

/** One instance of a resource or data source in a state. */
export interface StateResource {
  /** As Terraform writes it: `module.router.aws_lb_listener.listener["db"]`. */
  readonly address: string;
  /** False for a data source. */
  readonly managed: boolean;
  readonly type: string;
  readonly name: string;
  /** Of `for_each` or `count`. */
  readonly key?: string | number;
  /** The next apply would replace it, whatever the configuration says. */
  readonly tainted: boolean;
  readonly values: Readonly<Record<string, unknown>>;
}

/** What reading a state gave: its resources, or why it cannot be read. */
export type ReadState =
  | { readonly resources: readonly StateResource[]; readonly findings?: undefined }
  | { readonly findings: readonly AdoptFinding[]; readonly resources?: undefined };

const identifier = z.string().check(z.regex(/^[A-Za-z_][A-Za-z0-9_-]*$/, 'a name of Terraform'));
// Keys of modules go into the written addresses as they are: no template may begin in them.
const moduleAddress = z
  .string()
  .check(
    z.regex(
      /^module\.[A-Za-z_][\w-]*(\[(\d+|"[^"\\$%]*")\])?(\.module\.[A-Za-z_][\w-]*(\[(\d+|"[^"\\$%]*")\])?)*$/,
      'the address of a module, with keys that hold no quotation mark, backslash, $ or %',
    ),
  );
const mode = z.enum(['managed', 'data']);
const key = z.optional(z.union([z.string(), z.int()]));
const values = z.optional(z.record(z.string(), z.unknown()));

const shownResource = z.object({
  mode,
  type: identifier,
  name: identifier,
  index: key,
  values,
  tainted: z.optional(z.boolean()),
  deposed_key: z.optional(z.string()),
});

const shownModule = z.object({
  address: z.optional(moduleAddress),
  resources: z.optional(z.array(shownResource)),
  get child_modules() {
    return z.optional(z.array(shownModule));
  },
});

/** The document of `terraform show -json`. Without resources it has no values. */
const shownState = z.object({
  format_version: z.string().check(z.regex(/^1\./, 'a format version 1')),
  values: z.optional(z.object({ root_module: shownModule })),
});

/** A state file itself. */
const rawState = z.object({
  version: z.literal(4),
  resources: z.array(
    z.object({
      module: z.optional(moduleAddress),
      mode,
      type: identifier,
      name: identifier,
      instances: z.array(
        z.object({
          index_key: key,
          attributes: z.optional(z.nullable(z.record(z.string(), z.unknown()))),
          status: z.optional(z.string()),
          deposed: z.optional(z.string()),
        }),
      ),
    }),
  ),
});

const SHOW =
  'Write the state with `terraform show -json > state.json` in the folder of the old configuration and give that file.';

/**
 * Reads a state: what `terraform show -json` prints, or a state file, as a text or as the bytes of its file, which may be in UTF-16. Anything else is refused with the way to get one
 * (PLR9101), and so is a value of another form than Terraform's.
 */
export function readState(content: string | Uint8Array): ReadState {
  const text = typeof content === 'string' ? content : decodeText(content);
  if (text === undefined) return unreadable('it is neither UTF-8 nor UTF-16 text');
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return unreadable(text.trim() === '' ? 'it is empty' : `it is no JSON: ${why}`);
  }
  const has = (name: string): boolean =>
    typeof document === 'object' && document !== null && Object.hasOwn(document, name);
  if (has('resource_changes') || has('planned_values')) {
    return unreadable('it is a plan, and what a plan says need not have come about');
  }
  if (has('encrypted_data')) return unreadable('it is encrypted');
  if (has('format_version')) return fromShown(document);
  if (has('terraform_version') && has('version')) return fromRaw(document);
  return unreadable('it is neither what `terraform show -json` prints nor a state file');
}

function unreadable(why: string): ReadState {
  return { findings: [refused('PLR9101', '', `the state cannot be read: ${why}`, SHOW)] };
}

function malformed(issues: readonly z.core.$ZodIssue[]): ReadState {
  return {
    findings: issues.map((issue) =>
      refused(
        'PLR9101',
        issue.path.join('.'),
        `the state cannot be read: at ${issue.path.join('.')} ${issue.message}`,
        SHOW,
      ),
    ),
  };
}

function fromShown(document: unknown): ReadState {
  const parsed = shownState.safeParse(document);
  if (!parsed.success) return malformed(parsed.error.issues);
  const root = parsed.data.values?.root_module;
  return { resources: root === undefined ? [] : ofModule(root) };
}

function ofModule(module: z.infer<typeof shownModule>): readonly StateResource[] {
  const own = (module.resources ?? [])
    .filter(({ deposed_key }) => deposed_key === undefined)
    .map((one) => resource(module.address, one, one.index, one.values ?? {}, one.tainted === true));
  return [...own, ...(module.child_modules ?? []).flatMap(ofModule)];
}

function fromRaw(document: unknown): ReadState {
  const parsed = rawState.safeParse(document);
  if (!parsed.success) return malformed(parsed.error.issues);
  const resources = parsed.data.resources.flatMap((one) =>
    one.instances
      .filter(({ deposed }) => deposed === undefined)
      .map((item) => resource(one.module, one, item.index_key, item.attributes ?? {}, item.status === 'tainted')),
  );
  return { resources };
}

function resource(
  module: string | undefined,
  { mode: kind, type, name }: { readonly mode: 'managed' | 'data'; readonly type: string; readonly name: string },
  index: string | number | undefined,
  attributes: Readonly<Record<string, unknown>>,
  tainted: boolean,
): StateResource {
  const path = [...(module === undefined ? [] : [module]), ...(kind === 'data' ? ['data'] : []), type, name].join('.');
  const instance = index === undefined ? '' : `[${typeof index === 'number' ? index : hclText(index)}]`;
  return {
    address: path + instance,
    managed: kind === 'managed',
    type,
    name,
    ...defined({ key: index }),
    tainted,
    values: attributes,
  };
}
