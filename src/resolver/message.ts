import { randomInt } from 'node:crypto';
import { decode, encode, RECURSION_DESIRED } from 'dns-packet';

/*
 * DNS messages, by dns-packet rather than Node's own resolver (c-ares): that one hides the CNAME chain and the response
 * code behind one error, goes on to other servers and lengthens or shortens the time limit by rules of its own.
 */

/** What is asked: the addresses of a name, IPv4 or IPv6. */
export interface DnsQuestion {
  /** As it goes over the wire: lower case, punycode, no trailing dot. */
  readonly name: string;
  readonly type: 'A' | 'AAAA';
}

/** A record of an answer that matters to us. */
export interface AnswerRecord {
  /** The name that the record belongs to, lower case, no trailing dot. */
  readonly owner: string;
  readonly type: 'A' | 'AAAA' | 'CNAME';
  /** An address; of a CNAME the name that it leads to, lower case, no trailing dot. */
  readonly data: string;
}

/** A question as bytes, with the number by which its answer is known. */
export interface EncodedQuestion {
  readonly question: DnsQuestion;
  readonly id: number;
  readonly bytes: Buffer;
}

/** What a datagram or stream says: an answer, a request to ask again over TCP, bytes without sense, or nothing of ours. */
export type ReadMessage =
  | { readonly kind: 'answer'; readonly rcode: number; readonly records: readonly AnswerRecord[] }
  | { readonly kind: 'truncated' }
  | { readonly kind: 'malformed'; readonly detail: string }
  | { readonly kind: 'foreign' };

/** The answer that fits into one unfragmented packet on every usual path (DNS Flag Day 2020). */
const UDP_PAYLOAD_BYTES = 1232;
const HEADER_BYTES = 12;

/** Response codes of RFC 1035 section 4.1.1 that are told apart. */
export const RCODE = {
  noError: 0,
  formatError: 1,
  serverFailure: 2,
  nameUnknown: 3,
  notImplemented: 4,
  refused: 5,
} as const;

function plainName(name: string): string {
  return name.toLowerCase().replace(/\.$/, '');
}

/**
 * The bytes of a question. Its number is random, so that nobody who cannot read the question forges its answer.
 * @param extended Says that long UDP answers are welcome (EDNS); some old servers answer FORMERR to that.
 */
export function encodeQuestion(question: DnsQuestion, extended: boolean): EncodedQuestion {
  const id = randomInt(0x10000);
  const bytes = encode({
    type: 'query',
    id,
    flags: RECURSION_DESIRED,
    questions: [{ type: question.type, name: question.name }],
    additionals: extended
      ? [
          {
            type: 'OPT',
            name: '.',
            udpPayloadSize: UDP_PAYLOAD_BYTES,
            extendedRcode: 0,
            ednsVersion: 0,
            flags: 0,
            flag_do: false,
            options: [],
          },
        ]
      : [],
  });
  return { question, id, bytes };
}

/** Reads what came back for a question. Never throws: bytes of a stranger are bytes. */
export function readMessage(bytes: Buffer, asked: EncodedQuestion): ReadMessage {
  if (bytes.length < HEADER_BYTES || bytes.readUInt16BE(0) !== asked.id) return { kind: 'foreign' };
  const flags = bytes.readUInt16BE(2);
  if ((flags & 0x8000) === 0) return { kind: 'foreign' };
  // A truncated message may end in the middle of a record, so it is known by its header alone.
  if ((flags & 0x0200) !== 0) return { kind: 'truncated' };
  const rcode = flags & 0x000f;
  try {
    const packet = decode(bytes);
    const echoed = packet.questions?.[0];
    // Servers that do not understand a question may leave it out of their answer.
    if (echoed === undefined ? rcode === RCODE.noError : !sameQuestion(echoed, asked.question))
      return { kind: 'foreign' };
    const records: AnswerRecord[] = [];
    for (const answer of packet.answers ?? []) {
      if (answer.type !== 'A' && answer.type !== 'AAAA' && answer.type !== 'CNAME') continue;
      if (answer.class !== 'IN') continue;
      const data = answer.type === 'CNAME' ? plainName(answer.data) : answer.data;
      records.push({ owner: plainName(answer.name), type: answer.type, data });
    }
    return { kind: 'answer', rcode, records };
  } catch (error) {
    return { kind: 'malformed', detail: error instanceof Error ? error.message : String(error) };
  }
}

function sameQuestion(echoed: { readonly name: string; readonly type: string }, asked: DnsQuestion): boolean {
  return plainName(echoed.name) === asked.name && echoed.type === asked.type;
}
