import { same, text } from './json';
import type { Resource } from './kind';
import { demand } from './refusal';

/** Ports on which Azure makes no HTTP probe. */
const BLOCKED = [19, 21, 25, 70, 110, 119, 143, 220, 993];

export function settleProbes(probes: readonly Resource[]): void {
  for (const { name, properties } of probes) {
    properties.intervalInSeconds ??= 15;
    properties.numberOfProbes ??= 2;
    properties.probeThreshold ??= 1;
    const { port, intervalInSeconds, numberOfProbes } = properties;
    demand(Number(intervalInSeconds) >= 5, 'ProbeIntervalTooSmall', `Probe ${name}: an interval below 5 seconds.`);
    demand(Number(numberOfProbes) >= 1, 'ProbeCountTooSmall', `Probe ${name}: numberOfProbes ${numberOfProbes}.`);
    const http = !same(text(properties.protocol), 'Tcp');
    demand(
      http === (text(properties.requestPath) !== ''),
      'ProbeRequestPath',
      `Probe ${name}: requestPath is required with Http and Https and refused with Tcp.`,
    );
    demand(
      !http || !BLOCKED.includes(Number(port)),
      'ProbePortNotAllowed',
      `Probe ${name}: port ${port} is not allowed for Http.`,
    );
  }
}
