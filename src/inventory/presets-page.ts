import { PRESETS, type Preset } from './tables/presets';

/** `docs/presets.md`: every preset with the defaults that it gives. */
export function renderPresetsMarkdown(): string {
  return [
    '# Presets',
    '',
    'Generated from `src/inventory/tables/presets.ts` by `npm run generate`; change the table there, not this page.',
    '',
    'What a target says itself comes first, then what its router says for all targets, then the preset. Times are whole',
    'seconds. The router opens no TLS: it passes bytes on, and the column says what that means for the protocol.',
    '',
    "On AWS the idle timeout is the load balancer's; keep-alives hold a session open. On Azure it is the forwarder's, which",
    'sends keep-alives itself (not with nftables) and counts bytes alone; health checks need the engine haproxy there.',
    '',
    '`drain` is how long open sessions may go on after the port of their target has closed (because the target was removed,',
    'disabled or moved), or after their address has left the target.',
    '',
    'The column "shared port" says how targets of a preset can share a port (Azure with the engine haproxy). `sni` reads the name of',
    'the host in the TLS hello, so that clients have to begin with TLS and name it; `http` reads requests that come without TLS.',
    'A target without a preset may have any route.',
    '',
    '| preset | port | shared port | health check | idle timeout on AWS | on Azure | drain | TLS | mind |',
    '|---|---|---|---|---|---|---|---|---|',
    ...[...PRESETS].map(row),
    '',
    'Where `sni` needs more, or is refused:',
    '',
    ...[...byHello()].map(([sentence, names]) => `- ${names.map((name) => `\`${name}\``).join(', ')}: ${sentence}`),
    '',
    '[Which route for which target](guide/routes.md) says what clients of a shared port have to do.',
    '',
  ].join('\n');
}

function row([name, preset]: readonly [string, Preset]): string {
  const { protocol, interval, timeout, unhealthyThreshold, path } = preset.healthCheck;
  const check = `${protocol}${path === undefined ? '' : ` ${path}`} every ${interval}, waits ${timeout}, ${unhealthyThreshold} failures`;
  const cells = [
    `\`${name}\``,
    preset.port,
    routesOf(preset),
    check,
    preset.idleTimeout,
    preset.forwarderIdleTimeout,
    preset.drain,
    preset.tls,
    preset.warning ?? preset.mind ?? '',
  ];
  return `| ${cells.join(' | ')} |`;
}

/** By which routes targets of a preset can share a port. */
function routesOf({ hello, plainHttp }: Preset): string {
  const sni = { 'at once': ['`sni`'], direct: ['`sni` with `tls: direct`'], never: [] }[hello.comes];
  return [...sni, ...(plainHttp ? ['`http`'] : [])].join(', ') || 'no';
}

/** The presets whose clients begin with something else, by what is said of it. */
function byHello(): ReadonlyMap<string, readonly string[]> {
  const sentences = new Map<string, string[]>();
  for (const [name, { hello }] of PRESETS) {
    if (hello.comes === 'at once') continue;
    const direct = hello.direct === undefined ? '' : `; with \`tls: direct\`: ${hello.direct}`;
    const sentence = `clients ${hello.instead}${direct}.`;
    sentences.set(sentence, [...(sentences.get(sentence) ?? []), name]);
  }
  return sentences;
}
