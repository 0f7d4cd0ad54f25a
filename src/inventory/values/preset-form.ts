import { suggestion } from '../../model';
import { type Fault, fault, quote } from '../findings';
import { presetsMeant } from '../tables/preset-aliases';
import { PRESETS } from '../tables/presets';

/** The name of a preset. A word that people use for its protocol is answered with the name. */
export function presetForm(name: string): Fault | undefined {
  if (PRESETS.has(name)) return undefined;
  const meant = presetsMeant(name);
  const [only] = meant;
  if (only === undefined) {
    return fault(
      'PLR1225',
      `There is no preset ${quote(name)}.${suggestion(name, PRESETS.keys())}`,
      `Use one of ${[...PRESETS.keys()].join(', ')}, or remove the preset and give the port.`,
    );
  }
  if (meant.length === 1) {
    return fault(
      'PLR1225',
      `There is no preset ${quote(name)}; it is called "${only}" here.`,
      `Write preset: ${only}.`,
    );
  }
  const each = meant.map((preset) => `${preset} (port ${PRESETS.get(preset)?.port})`).join(', ');
  return fault(
    'PLR1225',
    `There is no preset ${quote(name)}; it may be one of ${each}.`,
    'Write the one whose protocol clients speak.',
  );
}
