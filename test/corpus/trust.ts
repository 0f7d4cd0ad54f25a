/** A public key of OpenPGP in armour, made for these tests; its private half is gone. */
export const SIGNING_KEY = `-----BEGIN PGP PUBLIC KEY BLOCK-----

mDMEawycLRYJKwYBBAHaRw8BAQdAE4M5ua/XR8Y4uaJEdBp3BWh9ATC7ItMHb0Co
+P/Wh4S0E21pcnJvckBjb3JwLmV4YW1wbGWIkAQTFggAOBYhBA4gAB6UEgL/hzOS
lfvhhUusFViSBQJrDJwtAhsDBQsJCAcCBhUKCQgLAgQWAgMBAh4BAheAAAoJEPvh
hUusFViSVv0A/0mkucOFkBheRxvYigQgD145DJZO2kDiAI2UNM/t9cmXAQCV/rCd
ncT09OReTWPi7WG06K6cJ85X9R53JDMrcwtBDA==
=nRj4
-----END PGP PUBLIC KEY BLOCK-----
`;

/** A certificate of an authority that nobody knows, made for these tests; its key is gone. */
export const CA_CERTIFICATE = `-----BEGIN CERTIFICATE-----
MIIBgDCCASWgAwIBAgIUHTJgG+FhLo4azqyDRkKKWC6bulcwCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJQ29ycCBSb290MCAXDTI2MTEyOTIxNDIwNVoYDzIxMjYxMTA1
MjE0MjA1WjAUMRIwEAYDVQQDDAlDb3JwIFJvb3QwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAAQjjTv2piVcjWTiDPKzrl8NiQ1Z74gIW4O9LQV0OQTCHHd+fsIucpYX
AJ0tQzc12DyYWESXqHucZZL2txKyGKayo1MwUTAdBgNVHQ4EFgQUq2EhUE5OU5qC
tatH2/JVa73hMf4wHwYDVR0jBBgwFoAUq2EhUE5OU5qCtatH2/JVa73hMf4wDwYD
VR0TAQH/BAUwAwEB/zAKBggqhkjOPQQDAgNJADBGAiEAnq5FHJYxDNXeq2vgMXLm
LsdlztbNtcp9376XLtJmLIoCIQDeRM3WnPC8QeRPikWYFSYzGs0Rd/8iVsK4peKF
8HcFQA==
-----END CERTIFICATE-----
`;

/** A text of several lines as a block of YAML. */
export function block(text: string, indent: number): string {
  return `|\n${text.trimEnd().replace(/^/gm, ' '.repeat(indent))}`;
}
