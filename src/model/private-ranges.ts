/**
 * The networks of IPv4 that are private, where targets live: RFC 1918, and RFC 6598's shared range, which Azure and many
 * companies use alike. By IANA's registry of special-purpose addresses, read 2026-11-29.
 */
export const PRIVATE_RANGES: readonly string[] = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10'];
