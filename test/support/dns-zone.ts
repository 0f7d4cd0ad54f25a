import { type Answer, AUTHORITATIVE_ANSWER, decode, encode, TRUNCATED_RESPONSE } from 'dns-packet';

/** What the server does for one name. Plain data, so that a zone can be written to a file. An empty record is a name without addresses. */
export interface NameBehaviour {
  readonly a?: readonly string[];
  readonly aaaa?: readonly string[];
  /** The name is an alias of this one; the chain is followed in the answer, as a recursing server does. */
  readonly cname?: string;
  /** The answer stops at the first alias, as that of a server does that has only its own zone. */
  readonly stopsAtAlias?: boolean;
  readonly rcode?: 'NXDOMAIN' | 'SERVFAIL' | 'REFUSED' | 'FORMERR' | 'NOTIMP' | 'NOTAUTH';
  /** Seconds for which an answer may be kept. @default 60 */
  readonly ttl?: number;
  /** Seconds for which an answer without records may be kept, as the zone's SOA record says. @default no such record */
  readonly negativeTtl?: number;
  /** Every answer starts with the next address. */
  readonly rotate?: boolean;
  /** Milliseconds before the answer, besides the server's own. */
  readonly delayMs?: number;
  /** No answer at all, or none to the first so many questions, or none to questions for that type. */
  readonly silent?: boolean | number | 'A' | 'AAAA';
  /** SERVFAIL to the first so many questions, or to questions for that type. */
  readonly failures?: number | 'A' | 'AAAA';
  /** Over UDP only a truncated answer, however short it is; `tcp-too`: over TCP as well. */
  readonly truncated?: boolean | 'tcp-too';
  /** TCP connections are cut instead of answered. */
  readonly tcpCut?: boolean;
  /** The answer's bytes after its header, in hex, instead of an answer. */
  readonly garbage?: string;
  /** Before the true answer come one with another number and one to another question, both with 10.66.66.66. */
  readonly forged?: boolean;
}

/** Names, lower case and without a trailing dot, and what happens to who asks for them; other names do not exist. */
export type Zone = Readonly<Record<string, NameBehaviour>>;

const RCODES = { NOERROR: 0, FORMERR: 1, SERVFAIL: 2, NXDOMAIN: 3, NOTIMP: 4, REFUSED: 5, NOTAUTH: 9 } as const;
const PLAIN_UDP_BYTES = 512;
const DEFAULT_TTL = 60;
const HEADER_BYTES = 12;
const FORGED_ADDRESS = '10.66.66.66';

/** A question as it was read. */
export interface Question {
  readonly id: number;
  readonly name: string;
  readonly type: string;
  readonly edns: boolean;
  readonly udpBytes: number;
}

interface Reply {
  readonly rcode: number;
  readonly answers: Answer[];
  readonly authorities?: Answer[];
}

/** The record that says how long nobody needs to ask again for what is not there. */
function startOfAuthority(name: string, seconds: number): Answer {
  const zone = name.slice(name.indexOf('.') + 1);
  const times = { serial: 1, refresh: seconds, retry: seconds, expire: seconds, minimum: seconds };
  return { type: 'SOA', name: zone, ttl: seconds, data: { mname: `ns.${zone}`, rname: `admin.${zone}`, ...times } };
}

/** A name as the zone has it. */
export function plain(name: string): string {
  return name.toLowerCase().replace(/\.$/, '');
}

/** Undefined where the bytes are no question. */
export function readQuestion(bytes: Buffer): Question | undefined {
  try {
    const packet = decode(bytes);
    const question = packet.questions?.[0];
    if (question === undefined) return undefined;
    const opt = packet.additionals?.find((record) => record.type === 'OPT');
    const udpBytes = opt?.type === 'OPT' ? Math.max(opt.udpPayloadSize, PLAIN_UDP_BYTES) : PLAIN_UDP_BYTES;
    return { id: packet.id ?? 0, name: question.name, type: question.type, edns: opt !== undefined, udpBytes };
  } catch {
    return undefined;
  }
}

function writeReply(question: Question, reply: Reply, truncated = false): Buffer {
  const flags = AUTHORITATIVE_ANSWER | 0x180 | (truncated ? TRUNCATED_RESPONSE : 0) | reply.rcode;
  const questions = [{ type: question.type as 'A', name: question.name }];
  const authorities = reply.authorities ?? [];
  return encode({
    type: 'response',
    id: question.id,
    flags,
    questions,
    answers: truncated ? [] : reply.answers,
    authorities,
  });
}

/** What decides on an answer besides the name's behaviour. */
export interface Circumstances {
  readonly transport: 'udp' | 'tcp';
  /** How often the name was asked for, this time included. */
  readonly count: number;
  readonly withoutEdns: boolean;
}

/** What the zone says of a name; a name that is not in it does not exist. */
export function behaviourOf(zone: ReadonlyMap<string, NameBehaviour>, name: string): NameBehaviour {
  return zone.get(plain(name)) ?? { rcode: 'NXDOMAIN' };
}

function compose(question: Question, zone: ReadonlyMap<string, NameBehaviour>, count: number): Reply {
  const behaviour = behaviourOf(zone, question.name);
  const { failures } = behaviour;
  if (typeof failures === 'number' ? count <= failures : failures === question.type)
    return { rcode: RCODES.SERVFAIL, answers: [] };
  const answers: Answer[] = [];
  let owner = question.name;
  let at = behaviour;
  const met = new Set<string>();
  while (at.cname !== undefined && !met.has(plain(owner))) {
    met.add(plain(owner));
    answers.push({ type: 'CNAME', name: owner, ttl: at.ttl ?? DEFAULT_TTL, data: at.cname });
    owner = at.cname;
    if (behaviour.stopsAtAlias === true) return { rcode: RCODES.NOERROR, answers };
    at = behaviourOf(zone, owner);
  }
  const authorities = at.negativeTtl === undefined ? [] : [startOfAuthority(owner, at.negativeTtl)];
  if (at.rcode !== undefined) return { rcode: RCODES[at.rcode], answers, authorities };
  const kind = question.type === 'A' ? 'A' : 'AAAA';
  const addresses = question.type === 'A' ? at.a : question.type === 'AAAA' ? at.aaaa : undefined;
  const list = addresses ?? [];
  const first = at.rotate === true && list.length > 0 ? count % list.length : 0;
  for (const data of [...list.slice(first), ...list.slice(0, first)])
    answers.push({ type: kind, name: owner, ttl: at.ttl ?? DEFAULT_TTL, data });
  return { rcode: RCODES.NOERROR, answers };
}

/** The messages that go out for a question, in their order. */
export function replies(
  question: Question,
  zone: ReadonlyMap<string, NameBehaviour>,
  { transport, count, withoutEdns }: Circumstances,
): Buffer[] {
  if (withoutEdns && question.edns) return [writeReply(question, { rcode: RCODES.FORMERR, answers: [] })];
  const behaviour = behaviourOf(zone, question.name);
  const reply = compose(question, zone, count);
  if (behaviour.garbage !== undefined) {
    const header = writeReply(question, reply).subarray(0, HEADER_BYTES);
    return [Buffer.concat([header, Buffer.from(behaviour.garbage, 'hex')])];
  }
  const whole = writeReply(question, reply);
  const tooLong = transport === 'udp' && whole.length > question.udpBytes;
  const asTold = behaviour.truncated === 'tcp-too' || (behaviour.truncated === true && transport === 'udp');
  const last = tooLong || asTold ? writeReply(question, reply, true) : whole;
  return behaviour.forged === true ? [...forgeries(question), last] : [last];
}

function forgeries(question: Question): Buffer[] {
  const answers: Answer[] = [{ type: 'A', name: question.name, ttl: 60, data: FORGED_ADDRESS }];
  const reply = { rcode: RCODES.NOERROR, answers };
  return [
    writeReply({ ...question, id: question.id ^ 1 }, reply),
    writeReply({ ...question, name: `other.${question.name}` }, reply),
    Buffer.from([0]),
  ];
}

/** `host1.test.example` … with addresses from 10.1.0.1 on: a zone for tests and measurements of many names. */
export function manyHosts(count: number): Record<string, NameBehaviour> {
  const zone: Record<string, NameBehaviour> = {};
  for (let n = 1; n <= count; n += 1)
    zone[`host${n}.test.example`] = { a: [`10.1.${Math.floor((n - 1) / 250)}.${((n - 1) % 250) + 1}`] };
  return zone;
}
