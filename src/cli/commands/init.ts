import { copyFileSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { fileError } from '../../app';
import { InputError } from '../../errors';
import type { Cloud } from '../../model';
import { printable } from '../../reports';
import { attributeLines, keepLineFeeds } from '../git-attributes';
import type { RunOptions } from '../options';
import type { Outcome } from '../outcome';
import { installedSchema, packagedSchema, SCHEMA_FILE } from '../schema-path';
import { starterText } from '../starter';

export interface InitOptions extends Pick<RunOptions, 'file' | 'format'> {
  /** Where the starter's router stands. */
  readonly cloud: Cloud;
}

/** Writes the schema beside the inventory where no installed one can be named. @returns how the inventory names it */
function placeSchema(folder: string, written: string[]): string {
  const packaged = packagedSchema();
  const installed = installedSchema(resolve(folder), packaged);
  if (installed !== undefined) {
    return installed;
  }
  const copy = join(folder, SCHEMA_FILE);
  if (!existsSync(copy)) {
    copyFileSync(packaged, copy);
    written.push(copy);
  }
  return `./${SCHEMA_FILE}`;
}

/** `init`: a commented starter for a new user. @throws InputError PLR9003 where the file is there already */
export async function init(options: InitOptions): Promise<Outcome> {
  const { file, cloud } = options;
  if (existsSync(file)) {
    throw new InputError([
      fileError('PLR9003', file, 'the file is there already and is left as it is', 'name another file: `init FILE`'),
    ]);
  }
  const written: string[] = [];
  mkdirSync(dirname(file), { recursive: true });
  const schema = placeSchema(dirname(file), written);
  // The flag refuses a file that came into being in between.
  writeFileSync(file, starterText(schema, cloud), { flag: 'wx' });
  written.unshift(file);
  const attributes = keepLineFeeds(dirname(file), attributeLines(basename(file)));
  written.push(...attributes.written);
  const argument = file === 'privatelink-router.yaml' ? '' : ` ${file}`;
  const next = [
    ...attributes.advice,
    `replace the values marked "yours", then run \`privatelink-router check${argument}\``,
  ];
  return {
    diagnostics: [],
    document: { version: 1, written, next, diagnostics: [] },
    text: (style) =>
      `${[
        ...written.map((path) => `${style.colors.green('wrote')} ${printable(path)}`),
        '',
        'Next:',
        ...next.map((step) => `  ${printable(step)}`),
      ].join('\n')}\n`,
  };
}
