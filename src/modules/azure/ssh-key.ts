import { matches, type Rule } from '../problems';
import { unlessNull } from '../rules';

/** 32 bytes of a key behind the length and name of its type, in base64. */
const ED25519 = /^ssh-ed25519 +AAAAC3NzaC1lZDI1NTE5AAAAI[A-Za-z0-9+/]{43}( .*)?\n?$/;

/** The name of the type, and numbers behind it. */
const RSA = /^ssh-rsa +AAAAB3NzaC1yc2EAAA[A-Za-z0-9+/]+={0,2}( .*)?\n?$/;

/** Letters of base64 in the body of a key of 2048 bits whose public exponent has one byte: 277 bytes. */
const RSA_BODY = 370;

const MAKE = 'Make one: ssh-keygen -t ed25519 -f plr, and give the line of plr.pub.';

/**
 * Why a text is no public key that Azure takes. No message repeats any of it: what was given by mistake may be the private
 * half. @param key an expression of the key, or null
 */
export function sshKeyRules(key: string): readonly Rule[] {
  const say = (problem: string, text: string): Rule => ({ when: unlessNull(key, problem), say: text });
  const body = `replace(try(regex("^ssh-rsa +([^ \\n]+)", ${key})[0], ""), "=", "")`;
  return [
    say(
      matches(/PRIVATE KEY/, key),
      'forwarder.ssh.public_key is a private key. It is not repeated here, but it stands in the configuration and perhaps in its history. Give the public key, the line of the .pub file, and treat the private one as known to others: replace it.',
    ),
    say(
      matches(/^-{4,} ?BEGIN/, `trimspace(${key})`),
      'forwarder.ssh.public_key is in PEM or SSH2 form; Azure takes the form of OpenSSH. Convert it: ssh-keygen -i -f FILE.',
    ),
    say(
      matches(/[\r\n]/, `trimsuffix(${key}, "\\n")`),
      'forwarder.ssh.public_key has more than one line; one public key is one line. Give one key.',
    ),
    say(
      matches(/^(ecdsa-sha2|sk-|ssh-dss)/, key),
      `forwarder.ssh.public_key is of a type that Azure does not take; RSA and ed25519 are taken. ${MAKE}`,
    ),
    say(
      `!${matches(/^(ssh-rsa|ssh-ed25519) /, key)}`,
      `forwarder.ssh.public_key is no public key in the form of OpenSSH: it begins with neither ssh-rsa nor ssh-ed25519. ${MAKE}`,
    ),
    say(
      `!${matches(ED25519, key)} && !${matches(RSA, key)}`,
      'forwarder.ssh.public_key has a body that is not of such a key. Give the whole line of the .pub file.',
    ),
    say(
      `${matches(/^ssh-rsa /, key)} && length(${body}) < ${RSA_BODY}`,
      `forwarder.ssh.public_key is an RSA key of less than 2048 bits, which Azure does not take. ${MAKE}`,
    ),
  ];
}
