import { createServer } from 'node:http';
import { createInterface } from 'node:readline';

/**
 * A stand-in of Azure's metadata service as far as Scheduled Events go: every machine sees all events of its placement
 * group, and one that is acknowledged begins. Its argument says as JSON where it listens and which machine each address
 * is. Each line of its input is the whole list of events; it prints one line of JSON for each question it was asked and
 * each event that was acknowledged, and ends with its input.
 */
interface Options {
  readonly host: string;
  readonly machines: Readonly<Record<string, string>>;
}

/** As the service writes it. */
interface AzureEvent {
  readonly EventId: string;
  EventStatus: 'Scheduled' | 'Started';
  NotBefore: string;
}

const { host, machines } = JSON.parse(process.argv[2] ?? '{}') as Options;
let events: AzureEvent[] = [];
let incarnation = 1;

function tell(news: unknown): void {
  process.stdout.write(`${JSON.stringify(news)}\n`);
}

/** What the service answers, or the status that stands for its refusal. */
function answer(method: string, path: string, machine: string, body: string): string | number {
  if (path.startsWith('/metadata/instance/compute/name?')) return machine;
  if (!path.startsWith('/metadata/scheduledevents?api-version=')) return 404;
  if (method === 'GET') {
    tell({ asked: machine });
    return JSON.stringify({ DocumentIncarnation: incarnation, Events: events });
  }
  const { StartRequests } = JSON.parse(body) as { StartRequests: readonly { EventId: string }[] };
  for (const { EventId } of StartRequests) {
    const event = events.find((one) => one.EventId === EventId);
    if (event === undefined) return 400;
    Object.assign(event, { EventStatus: 'Started', NotBefore: '' });
    incarnation += 1;
    tell({ acknowledged: EventId, by: machine });
  }
  return '';
}

createServer((request, response) => {
  let body = '';
  request.setEncoding('utf8').on('data', (text: string) => {
    body += text;
  });
  request.on('end', () => {
    const machine = machines[request.socket.remoteAddress ?? ''];
    const given =
      request.headers.metadata === 'true' && machine !== undefined
        ? answer(request.method ?? '', request.url ?? '', machine, body)
        : 400;
    response.statusCode = typeof given === 'number' ? given : 200;
    response.end(typeof given === 'number' ? '' : given);
  });
}).listen(80, host, () => tell({ listens: true }));

createInterface({ input: process.stdin })
  .on('line', (line) => {
    events = JSON.parse(line) as AzureEvent[];
    incarnation += 1;
    tell({ taken: true });
  })
  .on('close', () => process.exit(0));
