import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { pipelineFiles } from '../../src/pipelines';
import { CommentsApi } from './support/comments';

const scratch = mkdtempSync(join(tmpdir(), 'plr-comment-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** The script of a product, as it is written into a repository. */
function script(kind: 'github-actions' | 'azure-devops'): string {
  const pipeline = { file: 'privatelink-router.yaml', branch: 'main', environments: [{ files: [], stacks: [] }] };
  const [file] = pipelineFiles(kind, pipeline).filter(({ path }) => path.endsWith('.mjs'));
  if (file === undefined) throw new Error('there is no script');
  const path = join(scratch, kind, file.path);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, file.text);
  return path;
}

interface Said {
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs it, which must end well; the file has this text. */
async function post(
  path: string,
  env: Readonly<Record<string, string>>,
  name: string,
  text: string,
  ...title: readonly string[]
): Promise<Said> {
  const file = join(scratch, 'text');
  writeFileSync(file, text);
  return promisify(execFile)(process.execPath, [path, name, file, ...title], { env });
}

/** Answers with which a server, or a proxy before it, refuses a comment, and what of each is told. */
const REFUSALS: readonly (readonly [number, string, string])[] = [
  [401, '{"message":"Bad credentials"}', 'Bad credentials'],
  [403, '{"message":"Resource not accessible by integration"}', 'Resource not accessible by integration'],
  [404, '{"message":"Not Found"}', 'Not Found'],
  [410, '{"message":"This issue was deleted"}', 'This issue was deleted'],
  [422, '{"message":"Validation Failed"}', 'Validation Failed'],
  [429, '', 'answered 429'],
  [502, '<html>\n::error::bad gateway\n##vso[task.complete result=Failed]</html>', 'bad gateway'],
  [200, '<html>sign in</html>', 'answered 200'],
  [200, '{"no":"list"}', 'answered 200'],
];

/** What a refusal may look like in the log: one line that the product shows as a warning, and nothing that it obeys. */
function expectWarning({ stdout, stderr }: Said, head: string, told: string): void {
  expect(stderr).toBe('');
  expect(stdout.endsWith('\n')).toBe(true);
  const [line = '', ...more] = stdout.trimEnd().split('\n');
  expect(more).toEqual([]);
  expect(line.startsWith(head)).toBe(true);
  expect(line).toContain(told);
  expect(line).toContain('log');
  expect(line).not.toMatch(/\bat .*:\d+:\d+|node:|Error:|Bearer|token-of-the-run/);
}

describe('the comment on GitHub', () => {
  const path = script('github-actions');
  let api: CommentsApi;
  const env = () => ({
    GITHUB_API_URL: api.url,
    GITHUB_REPOSITORY: 'acme/network',
    GITHUB_TOKEN: 'token',
    PULL_REQUEST: '7',
  });

  beforeEach(async () => {
    api = new CommentsApi('token');
    await api.start();
  });
  afterEach(() => api.stop());

  it('is made once and then brought up to date, one for each name, also behind a hundred others', async () => {
    for (let id = 1; id <= 150; id += 1) api.comments.push({ id, pull: '7', body: `talk ${id}`, edits: 0 });
    await post(path, env(), 'ports-dev', 'first\n');
    await post(path, env(), 'ports-prod', 'other\n');
    await post(path, env(), 'ports-dev', 'second\n');
    expect(api.comments.slice(150).map(({ body, edits }) => ({ body, edits }))).toEqual([
      { body: '<!-- privatelink-router: ports-dev -->\nsecond\n', edits: 1 },
      { body: '<!-- privatelink-router: ports-prod -->\nother\n', edits: 0 },
    ]);
  });

  it('shows plain text as it is, whatever it holds, and not more than a comment may have', async () => {
    await post(path, env(), 'terraform-a', 'one\n````\n@acme/team <b>\n', 'a');
    const [first] = api.comments;
    expect(first?.body).toContain('\n`````text\none\n````\n@acme/team <b>\n`````\n');
    await post(path, env(), 'terraform-b', '`'.repeat(300) + 'x'.repeat(70_000), 'b');
    const [, second] = api.comments;
    expect(second?.body.length).toBeLessThanOrEqual(65536);
    expect(second?.body).toContain('(cut: the log of this run has all of it)\n');
    expect(second?.body).toMatch(/\n`{301}\n\n<\/details>\n$/);
  });

  it.each(REFUSALS)('warns where it is refused, and the job goes on: %i %s', async (status, body, told) => {
    for (const methods of status === 200 ? [/GET/] : [/GET/, /POST|PATCH/]) {
      api.refusal = { methods, status, body };
      const said = await post(path, { ...env(), GITHUB_TOKEN: 'token' }, 'ports', 'text');
      expectWarning(said, '::warning title=Comment not posted::', told);
    }
    expect(api.comments).toEqual([]);
    api.refusal = undefined;
    expect(await post(path, env(), 'ports', 'text')).toEqual({ stdout: '', stderr: '' });
    expect(api.comments).toHaveLength(1);
    api.refusal = { methods: /PATCH/, status, body };
    if (status !== 200) expectWarning(await post(path, env(), 'ports', 'other'), '::warning ', told);
  });

  it('names what the token lacks where it may not comment', async () => {
    const { stdout } = await post(path, { ...env(), GITHUB_TOKEN: 'wrong' }, 'ports', 'text');
    expect(stdout).toMatch(/401: Bad credentials/);
    api.refusal = { methods: /POST/, status: 403, body: '{"message":"Resource not accessible by integration"}' };
    expect((await post(path, env(), 'ports', 'text')).stdout).toContain('pull-requests: write');
  });

  it('warns where no server answers', async () => {
    await api.stop();
    const said = await post(path, env(), 'ports', 'text');
    expectWarning(said, '::warning ', 'ECONNREFUSED');
    await api.start();
  });
});

describe('the comment on Azure Repos', () => {
  const path = script('azure-devops');
  interface Thread {
    readonly id: number;
    status: number;
    readonly comments: { readonly id: number; content: string }[];
  }
  let threads: Thread[] = [];
  let refusal: { readonly method: string; readonly status: number; readonly body: string } | undefined;
  let server: Server;
  let url = '';

  beforeEach(async () => {
    threads = [];
    refusal = undefined;
    server = createServer((request, response) => {
      let text = '';
      request.on('data', (part: Buffer) => {
        text += part.toString();
      });
      request.on('end', () => {
        const answer = (status: number, body: unknown) => response.writeHead(status).end(JSON.stringify(body));
        const { pathname, searchParams } = new URL(request.url ?? '', 'http://localhost');
        const base = '/acme/project-id/_apis/git/repositories/repository-id/pullRequests/9/threads';
        if (request.headers.authorization !== 'Bearer token' || searchParams.get('api-version') !== '7.1') {
          return answer(401, {});
        }
        if (refusal !== undefined && refusal.method === request.method)
          return response.writeHead(refusal.status).end(refusal.body);
        const sent = text === '' ? {} : (JSON.parse(text) as Partial<Thread> & { content?: string });
        const [, id, , comment] = /^\/(\d+)(\/comments\/(\d+))?$/.exec(pathname.slice(base.length)) ?? [];
        if (!pathname.startsWith(base)) return answer(404, {});
        if (request.method === 'GET') return answer(200, { value: threads });
        if (request.method === 'POST') {
          const made = (sent.comments ?? []).map(({ content }, index) => ({ id: index + 1, content }));
          threads.push({ id: threads.length + 1, status: sent.status ?? 0, comments: made });
          return answer(200, {});
        }
        const thread = threads.find((one) => String(one.id) === id);
        const [first] = thread?.comments ?? [];
        if (thread === undefined || first === undefined) return answer(404, {});
        if (comment === undefined) thread.status = sent.status ?? 0;
        else first.content = sent.content ?? '';
        return answer(200, {});
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/acme/`;
  });
  afterEach(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  const env = () => ({
    SYSTEM_COLLECTIONURI: url,
    SYSTEM_TEAMPROJECTID: 'project-id',
    BUILD_REPOSITORY_ID: 'repository-id',
    SYSTEM_PULLREQUEST_PULLREQUESTID: '9',
    SYSTEM_ACCESSTOKEN: 'token',
  });

  it.each(REFUSALS)('warns where it is refused, and the job goes on: %i %s', async (status, body, told) => {
    for (const method of status === 200 ? ['GET'] : ['GET', 'POST']) {
      refusal = { method, status, body };
      const said = await post(path, env(), 'ports', 'text');
      expectWarning(said, '##vso[task.logissue type=warning]', told);
    }
    expect(threads).toEqual([]);
  });

  it('names what the build service lacks where it may not comment', async () => {
    refusal = { method: 'POST', status: 403, body: '{"message":"TF401027: You need the Git permission"}' };
    const { stdout } = await post(path, env(), 'ports', 'text');
    expect(stdout).toContain('403: TF401027: You need the Git permission');
    expect(stdout).toContain('Contribute to pull requests');
  });

  it('is one thread, which is active while there is something to look at', async () => {
    threads.push({ id: 1, status: 1, comments: [{ id: 1, content: 'talk' }] });
    await post(path, env(), 'ports', '> [!CAUTION]\n> - gone\n');
    expect(threads[1]).toMatchObject({ status: 1, comments: [{ content: expect.stringContaining('gone') }] });
    await post(path, env(), 'ports', 'No changes\n');
    expect(threads).toHaveLength(2);
    expect(threads[1]).toEqual({
      id: 2,
      status: 4,
      comments: [{ id: 1, content: '<!-- privatelink-router: ports -->\nNo changes\n' }],
    });
  });
});
