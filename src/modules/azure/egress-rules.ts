import { enginesWith } from '../../forwarder';
import { HIGHEST_PORT, listed } from '../../model';
import { IPV4 } from '../host-problems';
import { matches, type Rule, shown } from '../problems';
import { hclWords, unlessNull, wordRules } from '../rules';

/** Longer than any address of a mirror. */
const MAX_MIRROR = 500;

/** Where the engine comes from: nothing, or two sources at once. */
export function egressRules(): readonly Rule[] {
  const egress = 'var.forwarder.egress';
  const stock = enginesWith('stockImage');
  const onStock = `contains(${hclWords(stock)}, var.forwarder.engine)`;
  return [
    ...wordRules(egress, 'forwarder.egress', ['nat', 'image', 'none']),
    {
      when: `${egress} != "nat" && var.forwarder.mirror != null`,
      say: `forwarder.egress is \${${egress}}, and forwarder.mirror is given as well; the engine comes from one place. Remove one of the two.`,
    },
    {
      when: `${egress} == "none" && !${onStock}`,
      say: `With egress = "none" nothing is installed, and \${var.forwarder.engine} is not on the stock image; ${listed(stock, 'or')} is. Use engine = "${stock[0]}", or egress = "nat", "image" or a mirror.`,
    },
    {
      when: `${egress} == "image" && try(var.forwarder.image.id, null) == null`,
      say: 'With egress = "image" the image has ${var.forwarder.engine} already, but no image of that kind is named. Add image = { id = … } of an image that has it.',
    },
  ];
}

/** What can be wrong with the address of a mirror. */
export function mirrorRules(): readonly Rule[] {
  const mirror = 'var.forwarder.mirror';
  const host = `try(regex("^https?://([^/:]+)", ${mirror})[0], "")`;
  const port = `try(tonumber(regex("^https?://[^/:]+:([0-9]+)", ${mirror})[0]), 1)`;
  const form = /^https?:\/\/[A-Za-z0-9.-]+(:[1-9][0-9]{0,4})?(\/[A-Za-z0-9._~-]*)*$/;
  const dots = /\/\/.*\/\/|\/[.][.]?(\/|$)/;
  const badHost = `!${matches(IPV4, host)} && (!${matches(/[.]/, host)} || ${matches(/(^|[.])-|-([.]|$)|[.][.]|^[.]|[.]$|[.][0-9]+$/, host)})`;
  return [
    {
      when: unlessNull(mirror, matches(/@/, mirror)),
      say: 'The address of forwarder.mirror holds a name and password, which would stand in the state and on every machine. Let the mirror admit the subnet of the machines, and leave name and password away.',
    },
    {
      when: unlessNull(
        mirror,
        `!${matches(form, mirror)} || ${matches(dots, mirror)} || length(${mirror}) > ${MAX_MIRROR} || ${port} > ${HIGHEST_PORT} || ${badHost}`,
      ),
      say: `forwarder.mirror, \${${shown(mirror)}}, is not the address of a mirror: http:// or https://, a fully qualified host, a port where it has one, and a path of letters, digits and . _ ~ -. Write an address such as http://apt.corp.example/ubuntu.`,
    },
  ];
}

/** Whom to trust of a mirror. No message repeats any of the text: what was pasted by mistake may be the private half. */
export function trustRules(): readonly Rule[] {
  const [key, ca] = ['var.forwarder.mirror_signing_key', 'var.forwarder.mirror_ca_certificate'];
  const secret = (value: string): string => unlessNull(value, matches(/PRIVATE KEY/, value));
  const clean = (value: string): string => `trimspace(replace(${value}, "\\r", ""))`;
  const armour =
    /^-----BEGIN PGP PUBLIC KEY BLOCK-----\n([A-Za-z]+: [ -~]*\n)*[ \t]*\n([A-Za-z0-9+/]{1,76}={0,2}\n)+(=[A-Za-z0-9+/]{4}\n)?-----END PGP PUBLIC KEY BLOCK-----$/;
  const pem = /^(-----BEGIN CERTIFICATE-----\n[A-Za-z0-9+/=\n]+-----END CERTIFICATE-----\n*)+$/;
  return [
    {
      when: `(${secret(key)}) || (${secret(ca)})`,
      say: 'A private key stands in forwarder.mirror_signing_key or forwarder.mirror_ca_certificate. It is not repeated here; treat it as known to others: replace it. Write the public key, or the certificate alone.',
    },
    {
      when: `(${key} != null || ${ca} != null) && var.forwarder.mirror == null`,
      say: 'forwarder.mirror_signing_key and forwarder.mirror_ca_certificate say whom to trust of a mirror, and forwarder.mirror names none. Add it, or remove them.',
    },
    {
      when: unlessNull(key, `!${matches(armour, clean(key))}`),
      say: 'forwarder.mirror_signing_key is no public key of OpenPGP in armour: one block from -----BEGIN PGP PUBLIC KEY BLOCK----- to its END. Write what gpg --armor --export KEY prints.',
    },
    {
      when: unlessNull(ca, `!${matches(pem, clean(ca))}`),
      say: "forwarder.mirror_ca_certificate is no certificate in PEM: blocks from -----BEGIN CERTIFICATE----- to -----END CERTIFICATE-----, and nothing else. Write the certificate of the authority that signed the mirror's.",
    },
    {
      when: unlessNull(ca, matches(/^http:/, 'coalesce(var.forwarder.mirror, " ")')),
      say: 'forwarder.mirror_ca_certificate is of use with https alone, and forwarder.mirror begins with http://. Write https://, or remove the certificate.',
    },
  ];
}
