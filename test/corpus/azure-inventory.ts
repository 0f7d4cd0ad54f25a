/** An RSA or ed25519 public key of this many bits, whose private half nobody has: its number is no product of primes. */
export function publicKey(type: 'ssh-rsa' | 'ssh-ed25519' | 'ecdsa-sha2-nistp256', bits = 256): string {
  const number = Buffer.alloc(bits / 8, 0xa7);
  const fields = type === 'ssh-rsa' ? [Buffer.from([1, 0, 1]), Buffer.concat([Buffer.from([0]), number])] : [number];
  const body = [Buffer.from(type), ...fields].flatMap((field) => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(field.length);
    return [length, field];
  });
  return `${type} ${Buffer.concat(body).toString('base64')} ops@corp.example`;
}

const SUBSCRIPTION = '/subscriptions/2f1c8a34-5b7e-4d0f-9c26-8e3a71b5d940';
const VNET = `${SUBSCRIPTION}/resourceGroups/rg-network/providers/Microsoft.Network/virtualNetworks/vnet-hub`;

/** An inventory of Azure without any mistake and without any warning: each engine once. */
export const VALID_AZURE = `version: 1
tags:
  team: data-platform
terraform:
  backend:
    azurerm:
      storage_account_name: acmetfstate
      container_name: tfstate
      key: "plr/{env}/{router}.tfstate"
databricks:
  accountId: c3d1f0a6-7e52-4b8c-a94f-25d6087e1b39
  host: https://accounts.azuredatabricks.net
limits:
  endpointsUsed: 2
routers:
  analytics:
    azure:
      subscriptionId: 2f1c8a34-5b7e-4d0f-9c26-8e3a71b5d940
      tenantId: 5b0e7d2c-91f4-4a36-8c0d-7e6f2a1b3c4d
      location: eastus2
      resourceGroupName: rg-plr
      subnetId: ${VNET}/subnets/forwarders
      natSubnetId: ${VNET}/subnets/private-link
      natAddresses: 2
      visibility:
        - 11111111-2222-4333-8444-555555555550
        - 11111111-2222-4333-8444-555555555551
      autoApproval:
        - 11111111-2222-4333-8444-555555555551
      loadBalancing: per-target
      forwarder:
        engine: haproxy
        instances: 3
        size: Standard_D2s_v5
        zones: ["1", "2", "3"]
        image:
          publisher: Canonical
          offer: ubuntu-24_04-lts
          sku: server
          version: latest
        ssh:
          publicKey: ${publicKey('ssh-ed25519')}
          from:
            - 10.0.8.0/24
            - 10.0.9.7/32
        egress: nat
    ncc:
      name: analytics-eus2
      workspaceIds:
        - 6543210987654321
    basePort: 10000
    dns: runtime
    resolvers:
      - 10.0.0.53
    tags:
      cost-center: "4711"
    idleTimeout: 14400
    healthCheck:
      interval: 20
      timeout: 10
    targets:
      erp-sql:
        host: sql01.corp.example
        preset: sqlserver
        listenPort: 1433
        idleTimeout: 36000
      parts-api:
        host: parts.corp.example
        port: 8443
        healthCheck:
          protocol: HTTPS
          path: /health
          matcher: 200-299
          unhealthyThreshold: 3
      legacy:
        host: 10.40.7.12
        port: 3050
        domain: legacy.corp.example
      old-crm:
        host: crm.corp.example
        port: 3306
        enabled: false
  trial:
    azure:
      subscriptionId: 2f1c8a34-5b7e-4d0f-9c26-8e3a71b5d941
      location: westus
      resourceGroupName: rg-trial
      network:
        addressSpace: 10.20.0.0/24
      forwarder:
        engine: nftables
        egress: none
    ncc:
      id: 11111111-2222-4333-8444-555555555555
    targets:
      sftp: files.corp.example:22
      web:
        host: 10.79.0.82
        preset: http
        domain: web.corp.example
  baked:
    azure:
      location: westeurope
      resourceGroupName: rg-baked
      subnetId: ${VNET}/subnets/nginx
      natSubnetId: ${VNET}/subnets/private-link
      loadBalancing: ha-ports
      forwarder:
        engine: nginx
        image:
          id: ${SUBSCRIPTION}/resourceGroups/rg-images/providers/Microsoft.Compute/galleries/images/images/forwarder/versions/1.2.3
        egress: image
    ncc:
      id: 11111111-2222-4333-8444-555555555556
    targets:
      crm: crm-eu.corp.example:3306
`;
