import type { inventoryCodes } from '../errors/inventory-codes';
import {
  compareDiagnostics,
  type Diagnostic,
  type Finding,
  insteadOfCredential,
  type Position,
  type Severity,
  type ValuePath,
} from '../model';
import type { Place } from './source/source-node';

/** A code of this room; another one does not compile. */
export type InventoryCode = keyof typeof inventoryCodes;

/** What is wrong with one value, before anybody says where the value stands. */
export interface Fault {
  readonly code: InventoryCode;
  /** What we got and what is allowed. */
  readonly message: string;
  /** What to do. */
  readonly fix: string;
}

/** A finding of this room: it may point at a key rather than at the value, or at a place that has no path. */
export interface InventoryFinding extends Finding {
  readonly code: InventoryCode;
  /** Where to point; the value, unless the key itself is at fault. */
  readonly at?: 'key' | 'value';
  /** A place that the path does not lead to, such as a second key of the same name. */
  readonly place?: Place;
}

/** One value's fault, in one expression. */
export function fault(code: InventoryCode, message: string, fix: string): Fault {
  return { code, message, fix };
}

/** A fault that stops the run, at its value (or key, or place). */
export function errorAt(
  path: ValuePath,
  { code, message, fix }: Fault,
  where: Pick<InventoryFinding, 'at' | 'place'> = {},
): InventoryFinding {
  return { code, severity: 'error', message, fix, path, ...where };
}

/** A fault that is printed while the run goes on. */
export function warningAt(
  path: ValuePath,
  { code, message, fix }: Fault,
  where: Pick<InventoryFinding, 'at' | 'place'> = {},
): InventoryFinding {
  return { code, severity: 'warning', message, fix, path, ...where };
}

/** The path in dots. A key that is not plain is quoted, so that it cannot pass for two. */
function dotted(path: ValuePath): string {
  return path.map((step) => (typeof step === 'number' || /^[\w-]+$/.test(step) ? String(step) : quote(step))).join('.');
}

/** Longest part of a value that a message repeats. */
const SHOWN = 80;

/** Control characters, and characters that nobody sees or takes for a plain space. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Co}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]|(?! )\p{Zs}/gu;

/** A text as a message shows it: quoted, cut, and with nothing in it that a terminal would obey or hide. No credential is shown. */
export function quote(text: string): string {
  const instead = insteadOfCredential(text);
  if (instead !== undefined) return instead;
  const cut = text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text;
  return JSON.stringify(cut).replace(UNSEEN, escaped);
}

function escaped(char: string): string {
  const hex = (char.codePointAt(0) ?? 0).toString(16);
  return hex.length > 4 ? `\\u{${hex}}` : `\\u${hex.padStart(4, '0')}`;
}

/** Gives findings of any room their places. Errors of one place, code and text are one: an anchor's value stands once. */
export function withPlaces(
  findings: readonly Finding[],
  locate: (path: ValuePath) => Position | undefined,
): Diagnostic[] {
  return findings.map((finding) => diagnostic(finding, locate(finding.path)));
}

/** A finding as the command line prints it. */
export function diagnostic(
  finding: { code: string; severity: Severity; message: string; fix: string; path: ValuePath },
  position: Position | undefined,
): Diagnostic {
  const { code, severity, message, fix, path } = finding;
  return { code, severity, message, ...position, path: dotted(path), fix };
}

/** By file, line, column and code; what has no place comes first. Doubles (same place, code and text) are dropped. */
export function sortedDiagnostics(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const seen = new Set<string>();
  return [...diagnostics].sort(compareDiagnostics).filter((one) => {
    const key = JSON.stringify([one.file, one.line, one.column, one.code, one.message]);
    return one.line === undefined || (!seen.has(key) && seen.add(key));
  });
}
