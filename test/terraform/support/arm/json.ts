/** What travels in a request or an answer of Azure Resource Manager. */
export type Json = null | undefined | string | number | boolean | readonly Json[] | JsonObject;
export interface JsonObject {
  [key: string]: Json;
}

export function isObject(value: Json): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value as an object; anything else is an empty one. */
export function object(value: Json): JsonObject {
  return isObject(value) ? value : {};
}

/** The objects of a list; anything else is an empty list. */
export function objects(value: Json): readonly JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

export function texts(value: Json): readonly string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

export function text(value: Json): string {
  return typeof value === 'string' ? value : '';
}

/** The `id` of a `{ "id": … }` reference, empty where there is none. */
export function reference(value: Json): string {
  return text(object(value).id);
}

/** Azure's ids and names are compared without regard to case. */
export function same(left: string, right: string): boolean {
  return left.toLowerCase().replace(/\/$/, '') === right.toLowerCase().replace(/\/$/, '');
}

/** A PATCH as Azure does it: objects are merged, lists and scalars replaced, null removes. */
export function merged(into: JsonObject, from: JsonObject): JsonObject {
  const result = { ...into };
  for (const [key, value] of Object.entries(from)) {
    const present = result[key];
    if (value === null) delete result[key];
    else result[key] = isObject(value) && isObject(present) ? merged(present, value) : value;
  }
  return result;
}
