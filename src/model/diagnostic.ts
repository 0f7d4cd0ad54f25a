/** How grave a finding is: an error stops the run, a warning is printed and the run goes on. */
export type Severity = 'error' | 'warning';

/** A place in a file that a person wrote. Lines and columns count from 1, as editors show them. */
export interface Position {
  /** The file as the user named it, relative to where the command ran. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** The way to a value in the inventory, as keys and list positions: `['routers', 'analytics', 'targets', 'orders-db', 'port']`. */
export type ValuePath = readonly (string | number)[];

/** What a pure room says about a value of the inventory. It names the value; whoever holds the file adds the place. */
export interface Finding {
  /** A stable code, `PLR` and four digits, that stands in the catalogue of `errors/`. */
  readonly code: string;
  readonly severity: Severity;
  /** What we got and what is allowed, in the configuration's words. */
  readonly message: string;
  readonly path: ValuePath;
  /** What to do about it. */
  readonly fix: string;
}

/** A finding with its place, as the command line prints it and `--format json` gives it. */
export interface Diagnostic {
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
  /** The path in dots, `routers.analytics.targets.orders-db.port`; empty for a finding about the whole document. */
  readonly path: string;
  readonly fix: string;
}

/** True where at least one of the findings stops the run. */
export function hasErrors(findings: readonly { readonly severity: Severity }[]): boolean {
  return findings.some((finding) => finding.severity === 'error');
}
