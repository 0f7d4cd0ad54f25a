import { domainToASCII } from 'node:url';
import { sift } from './addresses';
import type { AnswerRecord, DnsQuestion } from './message';
import type { HostQuery, Resolution, ResolutionFailure, ServerFailure } from './resolution';
import type { Answer } from './server-pool';

/** Aliases of one host that are followed; resolvers in use stop between 8 and 17 of them. */
const MAX_ALIASES = 16;

/** Asks the name servers one question: an answer, or what each server did instead. */
export type Ask = (question: DnsQuestion) => Promise<Answer | readonly ServerFailure[]>;

interface Outcome {
  readonly aliases: readonly string[];
  readonly answeredBy?: string;
  readonly result: { readonly addresses: readonly string[] } | ResolutionFailure;
}

/** The host as it goes over the wire: lower case, no trailing dot, an international name as punycode. */
function wireName(host: string): string {
  const name = host.toLowerCase().replace(/\.$/, '');
  return /^[\x21-\x7e]*$/.test(name) ? name : domainToASCII(name);
}

function isAnswer(result: Answer | readonly ServerFailure[]): result is Answer {
  return 'records' in result;
}

/** Follows CNAME records inside one answer; adds each name to `aliases`. Returns the name at the end, or why there is none. */
function followAliases(
  start: string,
  records: readonly AnswerRecord[],
  aliases: string[],
  met: Set<string>,
): string | ResolutionFailure {
  let name = start;
  for (;;) {
    const next = records.find((record) => record.type === 'CNAME' && record.owner === name)?.data;
    if (next === undefined) return name;
    if (met.has(next)) return { kind: 'alias-loop', name: next };
    if (aliases.length === MAX_ALIASES) return { kind: 'alias-chain-too-long', limit: MAX_ALIASES };
    met.add(next);
    aliases.push(next);
    name = next;
  }
}

function addressesOf(name: string, type: 'A' | 'AAAA', records: readonly AnswerRecord[]): string[] {
  return records.filter((record) => record.type === type && record.owner === name).map((record) => record.data);
}

function judgeAddresses(addresses: readonly string[]): { readonly addresses: readonly string[] } | ResolutionFailure {
  const { allowed, refused } = sift(addresses);
  return refused.length === 0 ? { addresses: allowed } : { kind: 'refused-addresses', refused, allowed };
}

async function emptyAnswer(name: string, ask: Ask): Promise<ResolutionFailure> {
  const answer = await ask({ name, type: 'AAAA' });
  const ipv6Addresses = isAnswer(answer) ? [...new Set(addressesOf(name, 'AAAA', answer.records))].sort() : [];
  return ipv6Addresses.length === 0 ? { kind: 'no-address', name } : { kind: 'ipv6-only', name, ipv6Addresses };
}

async function lookUp(host: string, ask: Ask): Promise<Outcome> {
  const aliases: string[] = [];
  let name = wireName(host);
  const met = new Set([name]);
  for (;;) {
    const answer = await ask({ name, type: 'A' });
    if (!isAnswer(answer)) return { aliases, result: { kind: 'unanswered', servers: answer } };
    const told = { aliases, answeredBy: answer.server };
    const end = followAliases(name, answer.records, aliases, met);
    if (typeof end !== 'string') return { ...told, result: end };
    if (answer.nameUnknown) return { ...told, result: { kind: 'name-unknown', name: end } };
    const addresses = addressesOf(end, 'A', answer.records);
    if (addresses.length > 0) return { ...told, result: judgeAddresses(addresses) };
    if (end === name) return { ...told, result: await emptyAnswer(name, ask) };
    // The answer stops at an alias, as a server's does that has only its own zone: the rest is asked for by its name.
    name = end;
  }
}

/** Resolves one host to addresses that may be targets, or tells why it cannot. Does not throw. */
export async function resolveHost(query: HostQuery, ask: Ask): Promise<Resolution> {
  const { result, ...told } = await lookUp(query.host, ask);
  const asked = { host: query.host, servers: query.servers, ...told };
  return 'addresses' in result
    ? { ...asked, resolved: true, addresses: result.addresses }
    : { ...asked, resolved: false, failure: result };
}
