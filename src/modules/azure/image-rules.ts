import { FIRST_GENERATION, WITHOUT_APT } from '../../inventory';
import { matches, type Rule, shown } from '../problems';
import { formRules, hclWords } from '../rules';

const UUID = '[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}';
const NAME = '[A-Za-z0-9_.()-]{1,90}';
const IMAGE_ID = new RegExp(
  `^/subscriptions/${UUID}/resourceGroups/${NAME}/providers/Microsoft[.]Compute/(images/${NAME}|galleries/${NAME}/images/${NAME}(/versions/${NAME})?)$`,
);

/** What can be wrong with the image of the machines, a list for each of its parts. */
export function imageRules(): readonly (readonly Rule[])[] {
  const part = (name: string): string => `try(var.forwarder.image.${name}, null)`;
  const parts = ['publisher', 'offer', 'sku'].map(part);
  const id = part('id');
  const none = `alltrue([for part in [${[...parts, part('version')].join(', ')}] : part == null])`;
  const all = `alltrue([for part in [${parts.join(', ')}] : part != null])`;
  const words = (name: string, what: string): readonly Rule[] =>
    formRules(
      part(name),
      `forwarder.image.${name}`,
      /^[A-Za-z0-9][A-Za-z0-9_.-]{0,127}$/,
      `is not the ${what} of an image: 1 to 128 letters, digits and . _ -. Correct it.`,
    );
  return [
    [
      {
        when: `${id} != null && !${none}`,
        say: 'forwarder.image is named by its id, or by publisher, offer and sku, not by both. Remove the id, or the others.',
      },
      {
        when: `var.forwarder.image != null && ${id} == null && !${all}`,
        say: 'forwarder.image lacks some of publisher, offer and sku. Add them, or an id.',
      },
      {
        when: `${matches(/^microsoft(windows|sqlserver|visualstudio)/, `lower(${part('publisher')})`)}`,
        say: 'forwarder.image is of a publisher of Windows; the forwarder runs on Debian or Ubuntu. Remove image for Ubuntu 24.04 LTS, or name an image of Debian or Ubuntu.',
      },
      {
        when: `contains(${hclWords([...WITHOUT_APT.keys()])}, try(lower(${part('publisher')}), ""))`,
        say: `forwarder.image is of \${${part('publisher')}}, whose Linux has no apt; the machines are set up by apt and would never get their engine. Remove image for Ubuntu 24.04 LTS, or name an image of Debian or Ubuntu.`,
      },
      ...FIRST_GENERATION.map((row) => ({
        when: `try(lower(${part('publisher')}) == "${row.publisher}" && ${matches(row.offer, `lower(${part('offer')})`)} && ${'first' in row ? matches(row.first, `lower(${part('sku')})`) : `!${matches(row.second, `lower(${part('sku')})`)}`}, false)`,
        say: `forwarder.image.sku, \${${shown(part('sku'))}}, is of the first generation, which has no Secure Boot; every machine starts with it. Name the SKU of the second generation.`,
      })),
    ],
    formRules(
      id,
      'forwarder.image.id',
      IMAGE_ID,
      'is not the id of an image: /subscriptions/UUID/resourceGroups/NAME/providers/Microsoft.Compute/images/NAME, or …/galleries/NAME/images/NAME, with or without /versions/1.2.3. Copy it: az image show --query id.',
    ),
    [
      {
        when: `var.forwarder.image_upgrades && ${id} != null && (${matches(/\/versions\/[^/]+$/, id)} || !${matches(/\/galleries\//, id)})`,
        say: 'With image_upgrades = true, forwarder.image.id is one that never has a newer version. Name an image of a gallery without /versions/…, or leave image_upgrades away.',
      },
      {
        when: `var.forwarder.image_upgrades && coalesce(${part('version')}, "latest") != "latest"`,
        say: 'With image_upgrades = true, forwarder.image.version is one that never changes. Write "latest", or leave image_upgrades away.',
      },
    ],
    words('publisher', 'publisher'),
    words('offer', 'offer'),
    words('sku', 'SKU'),
    formRules(
      part('version'),
      'forwarder.image.version',
      /^(latest|\d{1,10}([.]\d{1,15}){2})$/,
      'is not the version of an image: latest, or three numbers with dots.',
    ),
  ];
}
