import type { Backend } from '../model';

/** What `{env}` becomes where no environment was chosen: the word that Terraform has for its own. */
const NO_ENV = 'default';

/** A backend with `{env}` and `{router}` filled in, in every string of it, however deep. What is filled in is not read again. */
export function filledBackend(backend: Backend, router: string, env: string | undefined): Backend {
  const values: Readonly<Record<string, string>> = { '{env}': env ?? NO_ENV, '{router}': router };
  const fill = (value: unknown): unknown => {
    if (typeof value === 'string') return value.replace(/\{env\}|\{router\}/g, (found) => values[found] ?? found);
    if (Array.isArray(value)) return value.map(fill);
    return isMap(value) ? fillMap(value) : value;
  };
  const fillMap = (map: Readonly<Record<string, unknown>>): Record<string, unknown> =>
    Object.fromEntries(Object.entries(map).map(([key, value]) => [key, fill(value)]));
  return { type: backend.type, config: fillMap(backend.config) };
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
