/** What the inventory is told about keys, and the form of values: PLR11xx. */
export const shapeCodes = {
  PLR1101: {
    title: 'Unknown key',
    explanation: 'The inventory has no such key in this place. Nothing is ignored in silence: correct or remove it.',
  },
  PLR1102: {
    title: 'Missing key',
    explanation: 'A key that is needed is not there. The place is the map that lacks it.',
  },
  PLR1103: {
    title: 'Wrong kind of value',
    explanation:
      'A text, number, list or map stands where something else is expected. Texts that look like numbers need quotes.',
  },
  PLR1104: { title: 'Number out of range', explanation: 'The number is smaller or larger than what is allowed here.' },
  PLR1105: {
    title: 'Not one of the allowed values',
    explanation: 'The key takes one of a few words. The message lists them.',
  },
  PLR1106: {
    title: 'Key without a value',
    explanation: 'Nothing stands after the colon (or `null`). Only an overlay removes with `null`.',
  },
  PLR1107: {
    title: 'Empty text',
    explanation: 'A text is empty or consists of spaces. Write a value or remove the key.',
  },
  PLR1108: {
    title: 'Not available yet',
    explanation:
      'The key or value is part of the design but of a later version. This version refuses it rather than ignore it.',
  },
  PLR1109: {
    title: 'Name of a router, target or pin',
    explanation:
      'Routers and targets are named with lower-case letters, digits and hyphens, a letter first, at most 63 characters, since addresses in Terraform carry the name. The pin of targets (`shard:`) has the same form, and is none of the keys that the planner gives, such as `s2`.',
  },
  PLR1110: {
    title: 'Keys that exclude each other',
    explanation: 'Of these keys exactly one (or at most one) may stand.',
  },
  PLR1111: {
    title: 'Short form',
    explanation:
      'The short form of a target is one text, `host:port`. Everything else is written as a map with `host:` and `port:`.',
  },
  PLR1112: {
    title: 'Number that is not plain',
    explanation:
      'Numbers are whole and written in plain decimal digits. Leading zeros, exponents, hexadecimal notation and fractions mean different things to different readers.',
  },
  PLR1113: { title: 'Nothing listed', explanation: 'A map or list that needs at least one entry is empty.' },
  PLR1114: { title: 'Listed twice', explanation: 'The same value stands twice in one list. Remove one.' },
  PLR1115: { title: 'Version of the inventory', explanation: 'This program reads inventories of version 1.' },
  PLR1116: {
    title: 'Number of characters or form of a text',
    explanation: 'The text is too long or has characters that are not allowed here.',
  },

  PLR1117: {
    title: 'More mistakes than can be listed',
    explanation: 'One part of the inventory holds so many mistakes that they have one cause. The place is the part.',
  },
  PLR1118: {
    title: 'Key or value of the other cloud',
    explanation:
      'AWS and Azure call some things by other names, and have some that the other does not. The message says what this cloud has instead.',
  },

  PLR1119: {
    title: 'Protocol of a target',
    explanation:
      'The listeners of a router are TCP, and a target says nothing of it. TLS, HTTP and every protocol over TCP pass through; UDP does not. The protocol of the health check has its own key, `healthCheck: { protocol: HTTPS }`.',
  },
  PLR1120: {
    title: 'No space after a colon',
    explanation:
      'YAML takes `port:5432` for one text. Write `port: 5432`, with a plain space after the colon; a no-break space is none.',
  },
  PLR1121: {
    title: 'Former name of a key',
    explanation:
      'The key had this name in an earlier version. It is read as the key that the message names; write that one, so that readers find it in the documentation. `deregistrationDelay`, which was of AWS alone, is `drain`, which holds on both clouds.',
  },
} as const;
