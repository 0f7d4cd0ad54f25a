import fc from 'fast-check';

const fragments = fc.constantFrom(
  '$',
  '%',
  '{',
  '}',
  '${',
  '%{',
  '$${',
  '%%{',
  '"',
  '\\',
  '\n',
  '\r\n',
  '\t',
  '~}',
  '${~',
  'TfToken[',
  '${TfToken[TOKEN.0]}',
  '#{',
  '//',
  '/*',
  '<<EOT',
  '-1.8881545897087626e+289',
  '1e5',
  ' ',
  'é',
  '\u0301',
  '日本',
  '%{ if true }',
  '%{ endif }',
  '${path.cwd}',
);
const nasty = fc.array(fragments, { minLength: 1, maxLength: 10 }).map((parts) => parts.join(''));
/** Text that a template language, JSON or cdktf might take for something else. */
export const text = fc.oneof(
  { weight: 3, arbitrary: nasty },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme', minLength: 1 }) },
);

// Terraform normalises every string so, and says so in its documentation.
export const normal = (value: string): string => value.normalize('NFC');
