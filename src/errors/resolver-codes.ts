/** The codes of resolver/. */
export const resolverCodes = {
  PLR4001: {
    title: 'The host does not exist',
    explanation:
      'A name server answered that no such name exists (NXDOMAIN), or that the host is an alias of a name that does not exist.',
  },
  PLR4002: {
    title: 'The host has no address',
    explanation: 'The name exists, but it has neither an IPv4 nor an IPv6 address.',
  },
  PLR4003: {
    title: 'The host has IPv6 addresses only',
    explanation: 'The router reaches its targets over IPv4, and the name has AAAA records alone.',
  },
  PLR4004: {
    title: 'The host is an alias that leads back to itself',
    explanation:
      'Following the CNAME records came to the same name twice. Whoever keeps the zone must mend the records.',
  },
  PLR4005: {
    title: 'The host is an alias of too many aliases',
    explanation: 'The chain of CNAME records is longer than resolvers follow.',
  },
  PLR4006: {
    title: 'The host leads to addresses that are not private',
    explanation:
      'A target must have private addresses: 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16 or 100.64.0.0/10. Public, loopback, link-local, multicast and metadata addresses are refused. Often the public zone was asked: name a server under `resolvers` that knows the private one.',
  },
  PLR4007: {
    title: 'The host leads to private and other addresses at once',
    explanation:
      'Some addresses of the answer are private and some are not. It is refused whole, since traffic would be spread over all of them. Use a host whose addresses are all private.',
  },
  PLR4008: {
    title: 'A name server failed (SERVFAIL)',
    explanation:
      'The name server could not find out the answer: often a server that it forwards to is down, or DNSSEC does not fit.',
  },
  PLR4009: {
    title: 'A name server refused the question (REFUSED)',
    explanation: 'The name server does not answer us, or not for this zone.',
  },
  PLR4010: {
    title: 'No name server answered in time',
    explanation:
      'The questions were sent and nothing came back. Check that this machine reaches the name servers on port 53, UDP and TCP.',
  },
  PLR4011: {
    title: 'A name server cannot be reached',
    explanation: 'The network or the machine of the name server said that nothing listens there.',
  },
  PLR4012: {
    title: 'A long answer did not come over TCP',
    explanation:
      'The answer is too long for UDP and the name server did not give it over TCP. Open TCP port 53 to the name server.',
  },
  PLR4013: {
    title: 'A name server gave an answer that cannot be used',
    explanation:
      'The answer had bytes that are not DNS, or a response code that does not belong to a look-up. Check that the address under `resolvers` is that of a recursing name server.',
  },
  PLR4014: {
    title: 'No name server is known',
    explanation:
      'Neither `resolvers` nor this machine names a server that can be asked, or what they name is not an address.',
  },
  PLR4015: {
    title: 'None of the name servers answered for any host',
    explanation:
      'Not one question got an answer, so it is the name servers, or the way to them, rather than the hosts.',
  },
  PLR4020: {
    title: "A host was not resolved; the lock's addresses stay",
    explanation:
      'A host of `dns: synth` could not be resolved, but the lock still has its addresses, so everything else goes on. Mend the name before the addresses change.',
  },
  PLR4030: {
    title: '`terraform plan` would stop at this host',
    explanation:
      'The host of a `dns: plan` target gives no usable address from here. Terraform stops its whole plan at one failed look-up, destroy included. Mend the name, set `dns: synth`, or set `enabled: false`.',
  },
  PLR4031: {
    title: 'The next resolution would fail for this host',
    explanation:
      'The host of a `dns: synth` target gives no usable address from here. Correct the name, then run `privatelink-router lock`.',
  },
  PLR4032: {
    title: 'DNS and the lock know different addresses',
    explanation:
      'The host of a `dns: synth` target has other addresses now than the lock holds. `privatelink-router lock --refresh` takes them over; until then the old ones are used.',
  },
  PLR4033: {
    title: 'The forwarders might not find this host',
    explanation:
      'The host of a router on Azure gives no usable address from here. The forwarders follow DNS themselves, with the servers of `resolvers` or of their own network, which may know more than this machine. Where they say the same, the forwarders refuse connections to the host until the name is mended.',
  },
  PLR4034: {
    title: 'More addresses than the forwarders use',
    explanation:
      'The host of a router on Azure has more addresses than HAProxy has room for under one name (docs/engines.md says how many). It uses the first that it hears of, and takes another one when one of them leaves DNS.',
  },
} as const;
