import { PROVIDER_REQUIREMENTS, type ProviderName } from '../src/bindings';
import type { TerraformJson } from '../src/constructs';

/** By this key a file says that it was generated here; Terraform passes over it. */
const COMMENT = '//';

/** What a generated file says of itself. */
export interface Mark {
  readonly router: string;
  readonly environment?: string;
  /** Names of the files that were written beside it. Absent: none. */
  readonly files?: readonly string[];
}

export interface FinishOptions {
  readonly mark: Mark;
  readonly requiredVersion: string;
  readonly providers: readonly ProviderName[];
  readonly backend?: { readonly type: string; readonly config: Readonly<Record<string, unknown>> };
  /**
   * Local values that hold no reference, by name. They are put in at the end: cdktf would look into every value of them
   * for one of its own, which took most of the time of a router of thousands of targets.
   */
  readonly locals: Readonly<Record<string, unknown>>;
  /** Addresses that move, from one to the other. */
  readonly moved: readonly { readonly from: string; readonly to: string }[];
  /** Addresses that Terraform forgets without destroying what they stand for. */
  readonly forgotten: readonly string[];
}

/**
 * Makes cdktf's result what a stack's folder should hold: full source addresses and ranges instead of short ones and
 * pins, and the backend that was asked for or none (cdktf's own has an absolute path). The backend's strings stay as they are: Terraform takes them literally there, not as templates.
 */
export function finish(synthesized: TerraformJson, options: FinishOptions): TerraformJson {
  const { moved, forgotten, backend } = options;
  const { terraform: _settings, ...rest } = synthesized;
  const required = [...options.providers].sort().map((name) => [name, PROVIDER_REQUIREMENTS[name]]);
  return {
    [COMMENT]: { 'privatelink-router': options.mark },
    terraform: {
      required_version: options.requiredVersion,
      required_providers: Object.fromEntries(required),
      ...(backend === undefined ? {} : { backend: { [backend.type]: backend.config } }),
    },
    ...withLocals(rest, options.locals),
    ...(moved.length === 0 ? {} : { moved }),
    ...(forgotten.length === 0 ? {} : { removed: forgotten.map((from) => ({ from, lifecycle: { destroy: false } })) }),
  };
}

/** The mark of a generated file, or undefined where the text is not one of ours. */
export function readMark(text: string): Mark | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return undefined;
  }
  const mark = property(property(parsed, COMMENT), 'privatelink-router');
  const router = property(mark, 'router');
  const environment = property(mark, 'environment');
  const files = property(mark, 'files');
  if (typeof router !== 'string') return undefined;
  return {
    router,
    ...(typeof environment === 'string' ? { environment } : {}),
    ...(Array.isArray(files) ? { files: files.filter((file) => typeof file === 'string') } : {}),
  };
}

function property(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    ? (value as Record<string, unknown>)[key]
    : undefined;
}

function withLocals(synthesized: TerraformJson, locals: FinishOptions['locals']): TerraformJson {
  if (Object.keys(locals).length === 0) return synthesized;
  return { ...synthesized, locals: { ...(synthesized.locals as TerraformJson | undefined), ...locals } };
}
