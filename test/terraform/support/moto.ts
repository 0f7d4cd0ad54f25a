import type { ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { EndpointCloud } from './account/state';
import type { Processes } from './processes';

/** The fake cloud's account. */
export const AWS_ACCOUNT = '123456789012';

export interface SeededVpc {
  readonly vpcId: string;
  readonly cidr: string;
  readonly secondaryCidr: string;
  readonly subnetIds: readonly string[];
  readonly subnetCidrs: readonly string[];
  /** A group that belongs to the targets, empty. */
  readonly targetSecurityGroupId: string;
}

/** What a region of the fake cloud holds of the things that routers make. */
export interface CloudInventory {
  readonly loadBalancers: readonly {
    readonly arn: string;
    readonly name: string;
    readonly subnets: readonly string[];
    readonly securityGroups: readonly string[];
    readonly enforcement: 'on' | 'off' | null;
    readonly attributes: Readonly<Record<string, string>>;
    /** Names of the target groups that a listener forwards to, by its port. */
    readonly listeners: Readonly<Record<string, readonly string[]>>;
  }[];
  readonly targetGroups: readonly {
    readonly arn: string;
    readonly name: string;
    readonly port: number;
    /** Availability zone as it was registered, by address. */
    readonly targets: Readonly<Record<string, string | null>>;
    readonly attributes: Readonly<Record<string, string>>;
  }[];
  readonly endpointServices: readonly {
    readonly id: string;
    readonly name: string;
    readonly principals: readonly string[];
    readonly loadBalancers: readonly string[];
  }[];
  readonly connections: readonly { readonly service: string; readonly endpoint: string; readonly state: string }[];
  readonly securityGroups: readonly {
    readonly id: string;
    readonly name: string;
    readonly vpcId: string;
    /** `tcp/5432-5432/10.0.0.0/16` */
    readonly ingress: readonly string[];
    readonly egress: readonly string[];
  }[];
}

export interface CloudRequest {
  readonly action: string;
  readonly parameters: Readonly<Record<string, string>>;
}

/** moto's server, made as strict as AWS (`moto/server.py`). */
export class Moto implements EndpointCloud {
  public url = '';
  /** The tests' own door into the fake cloud. */
  public door = '';
  private readonly processes: Processes;
  private child: ChildProcess | undefined;
  private errors = '';

  public constructor(processes: Processes) {
    this.processes = processes;
  }

  /** Starts it and waits until it answers. `callback`: where it tells what became of an endpoint. */
  public async start(callback: string): Promise<void> {
    const child = this.processes.start('python3', [join(__dirname, 'moto', 'server.py')], {
      env: { ...process.env, PLR_ENDPOINT_CALLBACK: callback, PYTHONDONTWRITEBYTECODE: '1' },
      stdin: 'pipe',
    });
    this.child = child;
    // A provider would ask again and again, in silence, for what a broken moto never gives.
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.errors += text;
      process.stderr.write(text);
    });
    const stdout = child.stdout;
    if (stdout === null) throw new Error('moto has no standard output');
    const line = await new Promise<string>((resolve, reject) => {
      createInterface({ input: stdout }).once('line', resolve);
      child.once('error', reject);
      child.once('close', (code) => reject(new Error(`moto ended with ${code}: ${this.errors}`)));
    });
    const { port, adminPort } = JSON.parse(line) as { port: number; adminPort: number };
    this.url = `http://127.0.0.1:${port}`;
    this.door = `http://127.0.0.1:${adminPort}`;
  }

  /** What it wrote to its standard error: empty where all went well. */
  public stderr(): string {
    return this.errors;
  }

  public stop(): void {
    this.child?.stdin?.end();
  }

  public async connect(service: string, vpcEndpointId: string, region: string): Promise<string | undefined> {
    // Databricks' role in the commercial partition, which the endpoint service must allow.
    const principal = `arn:aws:iam::565502421330:role/private-connectivity-role-${region}`;
    const answer = await this.ask<{ refusal: string | null }>('connect', {
      service,
      vpc_endpoint_id: vpcEndpointId,
      principal,
    });
    return answer.refusal ?? undefined;
  }

  public async settle(vpcEndpointId: string, state: 'deleted' | 'expired' | 'rejected'): Promise<void> {
    await this.ask('connection-state', { vpc_endpoint_id: vpcEndpointId, state });
  }

  /** Whether a load balancer may leave an endpoint service while an endpoint is connected: AWS documents that it may not. */
  public async keepLoadBalancers(keep: boolean): Promise<void> {
    await this.ask('keep-load-balancers', { keep });
  }

  /** A VPC with a secondary CIDR, one that was disassociated, and a subnet in each of two zones, one subnet in each of the CIDRs. */
  public async seedVpc(region: string): Promise<SeededVpc> {
    const cidr = '10.90.0.0/16';
    const secondaryCidr = '100.64.0.0/16';
    const subnets = [
      { cidr: '10.90.1.0/24', zone: `${region}a` },
      { cidr: '100.64.1.0/24', zone: `${region}b` },
    ];
    const made = await this.ask<Pick<SeededVpc, 'vpcId' | 'subnetIds' | 'targetSecurityGroupId'>>('vpc', {
      region,
      cidr,
      secondaryCidrs: [secondaryCidr],
      // Taken away from the VPC, and still in its list: what lies there lies elsewhere.
      goneCidrs: ['10.20.0.0/16'],
      subnets,
    });
    return { ...made, cidr, secondaryCidr, subnetCidrs: subnets.map((subnet) => subnet.cidr) };
  }

  public inventory(region: string): Promise<CloudInventory> {
    return this.ask<CloudInventory>('inventory', { region });
  }

  /** The changing requests of EC2 and Elastic Load Balancing since the start or the last `clear`. */
  public async requests(clear = false): Promise<readonly CloudRequest[]> {
    return (await this.ask<{ requests: readonly CloudRequest[] }>('requests', { clear })).requests;
  }

  private async ask<Answer>(path: string, body: object): Promise<Answer> {
    const response = await fetch(`${this.door}/${path}`, { method: 'POST', body: JSON.stringify(body) });
    const answer = (await response.json()) as Answer & { error?: string };
    if (!response.ok) throw new Error(`moto's door, ${path}: ${answer.error ?? response.status}`);
    return answer;
  }
}
