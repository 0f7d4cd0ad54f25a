/** A document in which one setting is another one, or is missing. */
interface Mutation {
  /** The way to the setting, `jobs.plan.timeout-minutes`, with what became of it. */
  readonly what: string;
  readonly document: unknown;
}

type Path = readonly (string | number)[];

function altered(value: unknown): unknown {
  if (typeof value === 'number') return value + 1;
  if (typeof value === 'boolean') return !value;
  return typeof value === 'string' ? `${value}x` : 'x';
}

/** A deep copy with the value at the path replaced, or taken away where there is none to put there. */
function changed(document: unknown, path: Path, value?: unknown): unknown {
  const copy = structuredClone(document);
  let holder = copy as Record<string | number, unknown>;
  for (const key of path.slice(0, -1)) holder = holder[key] as Record<string | number, unknown>;
  const last = path.at(-1) ?? '';
  if (value !== undefined) holder[last] = value;
  else if (Array.isArray(holder)) holder.splice(Number(last), 1);
  else delete holder[last];
  return copy;
}

/**
 * Every way to break one setting of a parsed file: each key and each element taken away, each value made another one.
 * @param exempt settings that are words for people, or that are run by another test
 */
function mutations(document: unknown, exempt: (path: Path) => boolean, path: Path = []): readonly Mutation[] {
  const at = path.reduce<unknown>((value, key) => (value as Record<string | number, unknown>)[key], document);
  if (path.length > 0 && exempt(path)) return [];
  const own: readonly Mutation[] =
    path.length === 0 ? [] : [{ what: `${path.join('.')} is missing`, document: changed(document, path) }];
  if (typeof at !== 'object' || at === null) {
    const other = { what: `${path.join('.')} is another value`, document: changed(document, path, altered(at)) };
    return [...own, other];
  }
  const keys = Array.isArray(at) ? at.map((_, index) => index) : Object.keys(at);
  return [...own, ...keys.flatMap((key) => mutations(document, exempt, [...path, key]))];
}

/** The mutations that a check lets pass: settings that it does not look at. */
export function unnoticed(
  check: (document: unknown) => void,
  document: unknown,
  exempt: (path: Path) => boolean,
): readonly string[] {
  check(document);
  return mutations(document, exempt)
    .filter((mutation) => {
      try {
        check(mutation.document);
        return true;
      } catch {
        return false;
      }
    })
    .map(({ what }) => what);
}
