/** Where a connection leads. */
export interface Destination {
  readonly host: string;
  readonly port: number;
}

/** What a large exchange showed: checksums in hex. */
export interface TransferReport {
  readonly sentSum: string;
  /** What the target says it got. */
  readonly arrivedSum: string;
  readonly receivedSum: string;
  /** What the target's bytes come to. */
  readonly expectedSum: string;
  readonly sentBytes: number;
  readonly receivedBytes: number;
}

/** What steady traffic showed. */
export interface LoadReport {
  /** Lines that were asked and answered on connections that stayed open all the time. */
  readonly exchanges: number;
  /** Connections that were made, used and closed. */
  readonly completed: number;
  /** Connections that were refused or ended before we ended them, and what they met: the first ones, and how many more. */
  readonly lost: readonly string[];
  /** How many were lost in all. */
  readonly losses: number;
  /** Who answered, by name. */
  readonly answeredBy: Readonly<Record<string, number>>;
}

export interface CrowdReport {
  /** Connections that were all open at one moment. */
  readonly together: number;
  readonly answeredBy: Readonly<Record<string, number>>;
  readonly failures: readonly string[];
}

/** What an agent can be told, and what it answers. */
export interface Orders {
  /** Listens at a port as a target that gives its name. */
  serve: { ask: { readonly name: string; readonly port: number }; answer: null };
  /** Listens no more and ends what it has. */
  unserve: { ask: { readonly port: number }; answer: null };
  /** Opens a connection that is kept under an id. */
  dial: {
    ask: Destination & { readonly id: string; readonly keepAliveSeconds?: number; readonly from?: string };
    answer: { readonly localPort: number };
  };
  /** Sends a line on a kept connection. The answer is the target's line. */
  say: { ask: { readonly id: string; readonly line: string }; answer: string };
  /** `open`, or what ended the connection: `ended`, or the error's code. */
  state: { ask: { readonly id: string }; answer: string };
  hangUp: { ask: { readonly id: string }; answer: null };
  /** One connection, one line, one answer. */
  askOnce: { ask: Destination & { readonly line: string; readonly from?: string }; answer: string };
  /** A health probe by HTTP. The answer is the status, 0 where there is no answer. */
  probe: { ask: Destination & { readonly from: string }; answer: number };
  /** Many bytes both ways at once on one connection. */
  transfer: { ask: Destination & { readonly bytes: number }; answer: TransferReport };
  /** The client ends its side first, the target goes on sending. The answer is what the target sent afterwards. */
  endFirst: { ask: Destination & { readonly bytes: number }; answer: TransferReport };
  /** The target ends its side first, the client goes on sending. */
  endLast: { ask: Destination & { readonly bytes: number }; answer: TransferReport };
  /** Tries every port of a host. The answer is those at which a connection opens, in their order. */
  scan: { ask: { readonly host: string; readonly ports: readonly number[]; readonly from?: string }; answer: number[] };
  crowd: { ask: Destination & { readonly count: number }; answer: CrowdReport };
  /** Steady traffic under an id: kept connections that talk, and new ones all the time. */
  startLoad: { ask: Destination & { readonly id: string; readonly kept: number }; answer: null };
  /** How much there has been so far. */
  load: { ask: { readonly id: string }; answer: LoadReport };
  stopLoad: { ask: { readonly id: string }; answer: LoadReport };
}

export type Order = keyof Orders;

/** The target's first line says what it is to do. */
export const GREETINGS = { echo: 'echo', take: 'take', both: 'both', give: 'give' } as const;
