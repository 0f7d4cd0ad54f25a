import dns from 'node:dns';

/** The name servers that this machine is set up with, in their order. Search domains are not used: a host is a full name. */
export function machineNameServers(): readonly string[] {
  return dns.getServers();
}
