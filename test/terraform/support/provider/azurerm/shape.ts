import { isUnknown, type Value, type Values } from '../values';

export type { Value, Values };

export function object(value: Value): Values {
  return value !== null && typeof value === 'object' && !Array.isArray(value) && !isUnknown(value)
    ? (value as Values)
    : {};
}

export function objects(value: Value): readonly Values[] {
  return Array.isArray(value) ? value.map(object) : [];
}

/** The only block of its kind, or undefined where there is none. */
export function only(value: Value): Values | undefined {
  return objects(value)[0];
}

export function text(value: Value): string {
  return typeof value === 'string' ? value : '';
}

export function texts(value: Value): readonly string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

/** The id of a `{ id }` reference. */
export function idOf(value: Value): string {
  return text(object(value).id);
}

export function named(list: Value, name: Value): Values | undefined {
  return objects(list).find((one) => text(one.name).toLowerCase() === text(name).toLowerCase());
}

/** The list with one of its members replaced or added, by name. */
export function withMember(list: Value, member: Values): Value {
  const rest = objects(list).filter((one) => text(one.name).toLowerCase() !== text(member.name).toLowerCase());
  return [...rest, member];
}

/** Without what is undefined, null or empty: what the API is not told. */
export function given(values: Values): Values {
  return Object.fromEntries(
    Object.entries(values).filter(([, value]) => value !== undefined && value !== null && value !== ''),
  );
}

/** As the provider writes locations: `East US 2` is `eastus2`. */
export function place(value: Value): string {
  return text(value).toLowerCase().replaceAll(' ', '');
}

/** Name and resource group that an id holds. */
export function placeOf(id: string): { readonly name: string; readonly resource_group_name: string } {
  const parts = id.split('/');
  return { name: parts.at(-1) ?? '', resource_group_name: parts[4] ?? '' };
}

/** The id of the resource that this one is a child of. */
export function parentOf(id: string): string {
  return id.split('/').slice(0, -2).join('/');
}
