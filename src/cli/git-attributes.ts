import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, posix } from 'node:path';

const ATTRIBUTES_FILE = '.gitattributes';

const LINE_FEEDS = 'text eol=lf';

/** What machines run, and what they render and run later: a carriage return in it is a syntax error at boot. */
const RUN_BY_MACHINES = ['*.sh', 'cdktf.out/**/*.json', 'cdktf.out/**/forwarder/*'];

/** A pattern of git: texts in which nothing is a wildcard, a comment or an end, and anything between one and the next. */
function pattern(...texts: readonly string[]): string {
  const escaped = texts.map((text) => text.replace(/[\\*?[]/g, '\\$&'));
  const whole = escaped.join('*').replace(/^[#!]/, '\\$&');
  return /[\s"]/.test(whole) ? `"${whole.replace(/[\\"]/g, '\\$&')}"` : whole;
}

/** The inventory, its overlays and their locks. */
function inventoryPatterns(file: string): readonly string[] {
  const extension = posix.extname(file);
  const stem = file.slice(0, file.length - extension.length);
  return [
    pattern(file),
    pattern(`${stem}.`, extension),
    pattern(`${stem}.lock.json`),
    pattern(`${stem}.`, '.lock.json'),
  ];
}

/**
 * Lines of `.gitattributes` with which a clone has the committed bytes wherever somebody set `core.autocrlf`, as Git for
 * Windows does: a lock is compared as it is, and a Linux machine runs scripts as they are.
 * @param inventory its path as seen from the file's folder
 * @param more paths of further files that a machine reads
 */
export function attributeLines(inventory: string, more: readonly string[] = []): readonly string[] {
  return [...inventoryPatterns(inventory), ...RUN_BY_MACHINES, ...more.map((path) => pattern(path))].map(
    (each) => `${each} ${LINE_FEEDS}`,
  );
}

/** The lines that a file lacks; none where it keeps line feeds, or leaves line ends alone, in every file. */
function lackingLines(text: string, lines: readonly string[]): readonly string[] {
  const there = text.split(/\r?\n/).map((line) => line.trim().replace(/\s+/g, ' '));
  const everywhere = there.some((line) => /^\* (.* )?(eol=lf|-text|binary)( |$)/.test(line));
  return everywhere ? [] : lines.filter((line) => !there.includes(line));
}

/** What was done for the line ends of a folder's files, and what is left to do. */
interface LineFeeds {
  /** The file that was written, if it was. */
  readonly written: readonly string[];
  /** What to add to the one that is there, a line each; nothing where it has all of it. */
  readonly advice: readonly string[];
}

/** Writes `.gitattributes` with these lines into a folder; one that is there is left alone, and what it lacks is told. */
export function keepLineFeeds(folder: string, lines: readonly string[]): LineFeeds {
  const file = join(folder, ATTRIBUTES_FILE);
  if (!existsSync(file)) {
    const head = '# Written by `privatelink-router init`: a clone has these bytes, whatever `core.autocrlf` says.';
    // The flag refuses a file that came into being in between.
    writeFileSync(file, `${head}\n${lines.join('\n')}\n`, { flag: 'wx' });
    return { written: [file], advice: [] };
  }
  const lacking = lackingLines(readFileSync(file, 'utf8'), lines);
  const why = `add these lines to ${file}, so that a clone on Windows has the same bytes:`;
  return { written: [], advice: lacking.length === 0 ? [] : [why, ...lacking] };
}
