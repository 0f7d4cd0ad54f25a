import { type NameServer, parseNameServer } from '../model';
import { machineNameServers } from './machine-name-servers';
import { type AnswerRecord, type DnsQuestion, encodeQuestion, RCODE } from './message';
import type { ServerFailure, ServerFailureKind } from './resolution';
import { type Exchange, exchangeTcp, exchangeUdp } from './transport';

/** An answer that counts: the name exists (with or without records), or the server is sure that it does not. */
export interface Answer {
  readonly nameUnknown: boolean;
  readonly records: readonly AnswerRecord[];
  readonly server: string;
}

/** How long and how often name servers are asked. */
export interface RetryPolicy {
  readonly timeoutMs: number;
  readonly attempts: number;
}

interface Member {
  readonly text: string;
  /** Undefined where the text is no address. */
  readonly server: NameServer | undefined;
  /** Questions without an answer since its last answer. */
  silences: number;
  /** False after it could not read a question with EDNS. */
  extended: boolean;
}

interface Failure {
  readonly kind: ServerFailureKind;
  readonly detail?: string;
}

/** After so many unanswered questions in a row a server is asked last, and once for each name rather than in every attempt. */
const SILENCES_OF_A_DEAD_SERVER = 3;

/** Failures that asking the same server again may mend. The others are that server's considered answer, or come at once. */
const WORTH_ANOTHER_TRY: ReadonlySet<ServerFailureKind> = new Set([
  'timeout',
  'server-failure',
  'malformed',
  'truncated',
]);

/** Name servers that are asked one after the other until one answers. It remembers which of them are dead. */
export class ServerPool {
  private readonly members: readonly Member[];

  /** @param servers Addresses with optional ports; empty: the machine's own. */
  public constructor(
    servers: readonly string[],
    private readonly retries: RetryPolicy,
  ) {
    const texts = servers.length === 0 ? machineNameServers() : servers;
    this.members = [...new Set(texts)].map((text) => ({
      text,
      server: parseNameServer(text),
      silences: 0,
      extended: true,
    }));
  }

  public get isEmpty(): boolean {
    return this.members.length === 0;
  }

  /** Asks until one server answers, or tells what each of them did instead. One question is under way at a time. */
  public async ask(question: DnsQuestion): Promise<Answer | readonly ServerFailure[]> {
    const failures = new Map<Member, ServerFailure>();
    for (let attempt = 1; attempt <= this.retries.attempts; attempt += 1) {
      for (const member of this.inOrder()) {
        const before = failures.get(member);
        if (before !== undefined && (!WORTH_ANOTHER_TRY.has(before.kind) || isDead(member))) continue;
        const result = await this.askMember(member, question);
        if ('records' in result) return result;
        failures.set(member, { server: member.text, tries: (before?.tries ?? 0) + 1, ...result });
      }
    }
    return this.members.flatMap((member) => failures.get(member) ?? []);
  }

  private inOrder(): readonly Member[] {
    return [...this.members.filter((member) => !isDead(member)), ...this.members.filter(isDead)];
  }

  private async askMember(member: Member, question: DnsQuestion): Promise<Answer | Failure> {
    if (member.server === undefined) return { kind: 'not-an-address' };
    let exchange = await this.exchange(member, member.server, question);
    if (member.extended && exchange.kind === 'answer' && isFormatComplaint(exchange.rcode)) {
      member.extended = false;
      exchange = await this.exchange(member, member.server, question);
    }
    return exchange.kind === 'answer' ? judge(exchange, member.text) : exchange;
  }

  private async exchange(member: Member, server: NameServer, question: DnsQuestion): Promise<Exchange> {
    const asked = encodeQuestion(question, member.extended);
    const overUdp = await exchangeUdp(server, asked, this.retries.timeoutMs);
    member.silences = overUdp.kind === 'timeout' || overUdp.kind === 'unreachable' ? member.silences + 1 : 0;
    if (overUdp.kind !== 'truncated') return overUdp;
    const overTcp = await exchangeTcp(server, asked, this.retries.timeoutMs);
    return overTcp.kind === 'answer' ? overTcp : { kind: 'truncated', detail: `TCP: ${tcpWords(overTcp)}` };
  }
}

function tcpWords(exchange: Exclude<Exchange, { kind: 'answer' }>): string {
  if (exchange.kind === 'timeout') return 'no answer in time';
  return exchange.kind === 'truncated' ? 'truncated too' : exchange.detail;
}

function isDead(member: Member): boolean {
  return member.silences >= SILENCES_OF_A_DEAD_SERVER;
}

function isFormatComplaint(rcode: number): boolean {
  return rcode === RCODE.formatError || rcode === RCODE.notImplemented;
}

function judge(
  answer: { readonly rcode: number; readonly records: readonly AnswerRecord[] },
  server: string,
): Answer | Failure {
  switch (answer.rcode) {
    case RCODE.noError:
      return { nameUnknown: false, records: answer.records, server };
    case RCODE.nameUnknown:
      return { nameUnknown: true, records: answer.records, server };
    case RCODE.serverFailure:
      return { kind: 'server-failure' };
    case RCODE.refused:
      return { kind: 'refused' };
    default:
      return { kind: 'unexpected', detail: `response code ${answer.rcode}` };
  }
}
