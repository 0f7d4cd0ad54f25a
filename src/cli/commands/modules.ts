import { relative } from 'node:path';
import { MODULES, MODULES_VERSION, publishTrees, repositoryName, writeModules } from '../../modules';
import { printable } from '../../reports';
import type { Outcome } from '../outcome';

export interface ModulesOptions {
  /** The folder to write the modules to. Not used with `publish`. */
  readonly out: string;
  /** Repositories for a registry instead. @default none */
  readonly publish?: { readonly dir: string; readonly namespace: string };
}

/** `modules`: writes the registry modules, or the repositories that a registry takes them from. */
export async function modules({ out, publish }: ModulesOptions): Promise<Outcome> {
  const written =
    publish === undefined ? writeModules(out, MODULES) : publishTrees(publish.dir, MODULES, publish.namespace);
  const files = written.map((path) => relative('', path));
  const names = MODULES.map((module) => (publish === undefined ? module.name : repositoryName(module)));
  const folder = publish?.dir ?? out;
  return {
    diagnostics: [],
    document: { version: 1, modulesVersion: MODULES_VERSION, folder, modules: names, files, diagnostics: [] },
    text: (style) =>
      [
        ...names.map((name) => `${style.colors.green('wrote')} ${printable(`${folder}/${name}`)}\n`),
        `\n${next(publish !== undefined)}\n`,
      ].join(''),
  };
}

function next(published: boolean): string {
  return published
    ? `Next: push each folder to its repository, with the tag v${MODULES_VERSION}.`
    : "Next: call a module by its folder; its README has an example. Commit the folders, or leave that to your modules' registry.";
}
