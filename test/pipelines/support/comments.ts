import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A comment on a pull request, and how often it was brought up to date. */
export interface Comment {
  readonly id: number;
  readonly pull: string;
  body: string;
  edits: number;
}

/** The part of GitHub's API with which comments on pull requests are read and written. */
export class CommentsApi {
  public readonly comments: Comment[] = [];
  public url = '';
  /** What it answers instead, to requests of these methods. @default every request is served */
  public refusal: { readonly methods: RegExp; readonly status: number; readonly body: string } | undefined;
  private readonly token: string;
  private readonly server: Server;

  public constructor(token: string) {
    this.token = token;
    this.server = createServer((request, response) => {
      const answer = (status: number, body: unknown): void => {
        response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
      };
      let text = '';
      request.setEncoding('utf8').on('data', (part: string) => {
        text += part;
      });
      request.on('end', () => {
        if (request.headers.authorization !== `Bearer ${this.token}`)
          return answer(401, { message: 'Bad credentials' });
        if (this.refusal?.methods.test(request.method ?? '')) {
          return response.writeHead(this.refusal.status).end(this.refusal.body);
        }
        const { pathname, searchParams } = new URL(request.url ?? '', 'http://localhost');
        const [, pull] = /\/issues\/(\d+)\/comments$/.exec(pathname) ?? [];
        const [, id] = /\/issues\/comments\/(\d+)$/.exec(pathname) ?? [];
        if (request.method === 'GET' && pull !== undefined) {
          const size = Number(searchParams.get('per_page') ?? 30);
          const first = (Number(searchParams.get('page') ?? 1) - 1) * size;
          const all = this.comments.filter((comment) => comment.pull === pull);
          return answer(
            200,
            all.slice(first, first + size).map((one) => ({ ...one, user: { type: 'Bot' } })),
          );
        }
        const { body } = JSON.parse(text) as { body: string };
        if ([...body].length > 65536) return answer(422, { message: 'body is too long' });
        if (request.method === 'POST' && pull !== undefined) {
          const comment = { id: this.comments.length + 1, pull, body, edits: 0 };
          this.comments.push(comment);
          return answer(201, comment);
        }
        const known = this.comments.find((comment) => String(comment.id) === id);
        if (request.method !== 'PATCH' || known === undefined) return answer(404, { message: 'Not Found' });
        known.body = body;
        known.edits += 1;
        return answer(200, known);
      });
    });
  }

  public async start(): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    this.url = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  public async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
