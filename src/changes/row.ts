import type { ChangeKind, ChangeSubject, ClientNotice } from '../model';
import type { Values } from './values';

/** What is known of a value that can differ between two plans. */
export interface Row {
  /** Its word. Values with the same word are told together. */
  readonly what: string;
  /** @default the subject whose value it is */
  readonly about?: ChangeSubject;
  /** @default changed */
  readonly change?: ChangeKind;
  /** What clients notice; a function where that depends on the values. */
  readonly clients: ClientNotice | ((from: Values, to: Values) => ClientNotice);
  /** Words of other changes of the same router that bring this one about: where one of them is told, this one is not. */
  readonly follows?: readonly string[];
  /** Values of the subject that are told with those that differ: without them nobody would know what is meant. */
  readonly beside?: readonly string[];
  /** The values may hold what nobody should read: only their names are told. */
  readonly hidden?: true;
  /** The inventory refuses a credential in the values: they are told as they are, an address of e-mail too. */
  readonly judged?: true;
}

/** Rows by the path of a value, with dots. A path that is not there belongs to the row of the nearest path above it. */
export type Rows = Readonly<Record<string, Row>>;

/** What is told of a value that no row knows: that it differs, under its path, and with caution. */
function unknown(path: string): Row {
  return { what: path, clients: 'interrupted' };
}

/** The row of a value, and the name that the value has within it. */
export function rowOf(
  rows: Rows,
  path: readonly string[],
): { readonly row: Row; readonly name: string; readonly known: boolean } {
  for (let length = path.length; length > 0; length -= 1) {
    const key = path.slice(0, length).join('.');
    if (Object.hasOwn(rows, key)) {
      const rest = path.slice(length).join('.');
      return { row: rows[key] as Row, name: rest === '' ? String(path[length - 1]) : rest, known: true };
    }
  }
  const whole = path.join('.');
  return { row: unknown(whole), name: String(path.at(-1)), known: false };
}

/** Lists as they were and are, for rows that look at what came and went. */
export function listChange(
  from: unknown,
  to: unknown,
): { readonly gone: readonly unknown[]; readonly come: readonly unknown[] } {
  const [old, now] = [listOf(from), listOf(to)];
  return { gone: old.filter((one) => !now.includes(one)), come: now.filter((one) => !old.includes(one)) };
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
