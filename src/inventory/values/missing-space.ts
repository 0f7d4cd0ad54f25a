import { type Fault, fault } from '../findings';

/** A key of these that stands at the start of a text, with a colon that nothing or no plain space follows. */
export function keyWithoutSpace(text: string, keys: readonly string[]): string | undefined {
  const [, key] = /^([A-Za-z][\w-]*):(?=[^ \t])/.exec(text) ?? [];
  return key !== undefined && keys.includes(key) ? key : undefined;
}

/** The name of a target in `name:host:port` without a space, which is a key without a value. */
export function nameWithoutSpace(key: string): string | undefined {
  const [, name] = /^([a-z][a-z0-9-]*):[^\s:/]+(?::\d+)?$/.exec(key) ?? [];
  return name;
}

/**
 * YAML takes `key:value` for one text; nothing of the value is repeated.
 *
 * @param key undefined where it may be anything, and is not repeated either
 * @param text begins with the key
 */
export function missingSpace(key: string | undefined, text: string): Fault {
  const name = key === undefined ? 'the key of this line' : `${key}:`;
  const next = text.charAt(text.indexOf(':') + 1);
  if (/\s/.test(next)) {
    const code = next.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
    const message = `After ${name} stands the character U+${code}, which looks like a space and is none to YAML.`;
    return fault('PLR1120', message, 'Write a plain space after the colon.');
  }
  return fault(
    'PLR1120',
    `A space is missing after ${name}, so that YAML takes key and value for one text.`,
    'Write a space after the colon, here and wherever it is missing.',
  );
}
