/** The typed data source of the dns provider. */
export { DataDnsARecordSet } from '@cdktf/provider-dns/lib/data-dns-a-record-set';
export { DnsProvider } from '@cdktf/provider-dns/lib/provider';
