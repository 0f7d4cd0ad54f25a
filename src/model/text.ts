/**
 * The text of a file: UTF-8, or UTF-16 as PowerShell and Notepad write it, without its byte order mark. Where no mark says
 * which it is, the first character does: of YAML, JSON and HCL it is ASCII, so that UTF-16 has a zero byte beside it
 * (YAML 1.2.2, 5.2).
 * @returns undefined where the bytes are neither
 */
export function decodeText(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder(encodingOf(bytes), { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function encodingOf([first, second]: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' {
  if (first === undefined || second === undefined) return 'utf-8';
  if ((first === 0xff && second === 0xfe) || (first !== 0 && second === 0)) return 'utf-16le';
  return (first === 0xfe && second === 0xff) || (first === 0 && second !== 0) ? 'utf-16be' : 'utf-8';
}
