import { type Backend, filledText } from '../model';

/** A backend with `{env}` and `{router}` filled in, in every string of it, however deep. */
export function filledBackend(backend: Backend, router: string, env: string | undefined): Backend {
  const fill = (value: unknown): unknown => {
    if (typeof value === 'string') return filledText(value, router, env);
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
