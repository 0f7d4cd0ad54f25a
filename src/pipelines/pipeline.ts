import type { Cloud } from '../model';

/** The products that run Terraform for a team, and for which `init --pipeline` writes files. */
export const PIPELINES = ['spacelift', 'atlantis', 'github-actions', 'azure-devops'] as const;

export type PipelineKind = (typeof PIPELINES)[number];

/** One router in one environment: one Terraform state, one project of the pipeline. */
export interface PipelineStack {
  readonly router: string;
  /** Router, or router and environment: the stack's folder. */
  readonly deployment: string;
  readonly cloud: Cloud;
  /** AWS's region or Azure's location. */
  readonly region: string;
  /** The deployment of the router that makes its NCC, where it is another one: it can be planned once that one is applied. */
  readonly after?: string;
}

/** One environment with its routers, or the inventory without any. */
export interface PipelineEnvironment {
  /** @default none: the inventory has no overlay */
  readonly name?: string;
  /** Files that decide what is synthesized, from the repository's root: inventory, overlay, lock. */
  readonly files: readonly string[];
  readonly stacks: readonly PipelineStack[];
}

/** Everything that the files of a pipeline are made of. Every text in it is letters, digits, `.`, `_`, `/` and `-`. */
export interface Pipeline {
  /** The inventory, from the repository's root. */
  readonly file: string;
  /** At least one. */
  readonly environments: readonly PipelineEnvironment[];
  /** The branch that is applied. */
  readonly branch: string;
  /** The repository as Atlantis knows it, `github.com/acme/network`. @default nobody knows */
  readonly repository?: string;
}

/** A file to be written, from the repository's root. */
export interface PipelineFile {
  readonly path: string;
  readonly text: string;
}

/** A text that means nothing to a shell, to YAML or to a pattern of files. */
export const PLAIN_TEXT = /^[A-Za-z0-9_][A-Za-z0-9._/-]*$/;

/** Every stack of every environment, with its environment. */
export function stacksOf({
  environments,
}: Pipeline): readonly (PipelineStack & { readonly environment: PipelineEnvironment })[] {
  return environments.flatMap((environment) => environment.stacks.map((stack) => ({ ...stack, environment })));
}

/** The stacks that can be planned at once, and those whose NCC one of them makes. */
export function inOrder<T extends PipelineStack>(
  stacks: readonly T[],
): { readonly first: readonly T[]; readonly sharing: readonly T[] } {
  return {
    first: stacks.filter(({ after }) => after === undefined),
    sharing: stacks.filter(({ after }) => after !== undefined),
  };
}

/** Files whose change changes what is synthesized, each once. */
export function watchedFiles({ environments }: Pipeline): readonly string[] {
  return [...new Set([...environments.flatMap(({ files }) => files), 'package.json', 'package-lock.json'])];
}
