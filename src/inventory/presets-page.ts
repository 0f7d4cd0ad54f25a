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
    '| preset | port | health check | idle timeout on AWS | on Azure | drain | TLS | mind |',
    '|---|---|---|---|---|---|---|---|',
    ...[...PRESETS].map(row),
    '',
  ].join('\n');
}

function row([name, preset]: readonly [string, Preset]): string {
  const { protocol, interval, timeout, unhealthyThreshold, path } = preset.healthCheck;
  const check = `${protocol}${path === undefined ? '' : ` ${path}`} every ${interval}, waits ${timeout}, ${unhealthyThreshold} failures`;
  const cells = [
    `\`${name}\``,
    preset.port,
    check,
    preset.idleTimeout,
    preset.forwarderIdleTimeout,
    preset.drain,
    preset.tls,
    preset.warning ?? preset.mind ?? '',
  ];
  return `| ${cells.join(' | ')} |`;
}
