import type { adoptCodes } from '../errors/adopt-codes';
import type { Diagnostic, Severity } from '../model';

/** A code of this room. */
type AdoptCode = keyof typeof adoptCodes;

/** What is wrong with something in a state, or deserves a warning. Whoever holds the file adds its name. */
export interface AdoptFinding {
  readonly code: AdoptCode;
  readonly severity: Severity;
  /** The address in the state; empty for the whole. */
  readonly address: string;
  readonly message: string;
  readonly fix: string;
}

/** What keeps the state from being taken over. */
export function refused(code: AdoptCode, address: string, message: string, fix: string): AdoptFinding {
  return { code, severity: 'error', address, message, fix };
}

/** What a person has to look at or to complete. */
export function warned(code: AdoptCode, address: string, message: string, fix: string): AdoptFinding {
  return { code, severity: 'warning', address, message, fix };
}

/** What Terraform replaces at any apply is not what a router takes over. */
export function tainted(address: string): AdoptFinding {
  return refused(
    'PLR9105',
    address,
    `${address} is marked as tainted, so that any apply replaces it`,
    `Run \`terraform untaint '${address}'\` in the folder of the old configuration, and write the state again.`,
  );
}

/** Findings as the command line prints them. */
export function adoptDiagnostics(findings: readonly AdoptFinding[], file: string): readonly Diagnostic[] {
  return findings.map(({ code, severity, address, message, fix }) => ({
    code,
    severity,
    message,
    file,
    path: address,
    fix,
  }));
}
