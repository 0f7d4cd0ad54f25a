import { NAME_FORM } from '../../model';

/**
 * The name that a router or target may have instead of one that is none: `api_01` → `api-01`, `OrdersDB` → `orders-db`.
 * Undefined where nothing good comes of it, or it is taken.
 */
export function proposedName(name: string, taken: ReadonlySet<string>): string | undefined {
  const plain = name
    .replace(/([a-z\d])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .replace(/[\s_.-]+/g, '-')
    .replace(/^-|-$/g, '');
  return NAME_FORM.test(plain) && !taken.has(plain) ? plain : undefined;
}
