import type { PipelineFile } from './pipeline';

// The scripts hold no template literal and no backtick, so that they stand here as they are.
const TEXT = String.raw`// Written by "privatelink-router init --pipeline". It is yours now: change what you like.
//
// Arguments: NAME FILE [TITLE]. The comment of that name on the pull request becomes what the file says; there is one of
// a name. With a title the file is plain text and stands below it as such, whatever it says.
import { readFileSync } from 'node:fs';

const [name, file, title] = process.argv.slice(2);
const marker = '<!-- privatelink-router: ' + name + ' -->';
const MOST = 65536;
const CUT = '\n(cut: the log of this run has all of it)';

// A fence that is longer than any row of backticks in the text: nothing in it ends the fence.
function fenced(text) {
  const rows = text.match(/\x60+/g) ?? [];
  const fence = '\x60'.repeat(rows.reduce((longest, row) => Math.max(longest, row.length), 2) + 1);
  const head = '### ' + title + '\n\n<details><summary>Terraform\u2019s plan</summary>\n\n' + fence + 'text\n';
  const foot = '\n' + fence + '\n\n</details>\n';
  const room = MOST - marker.length - head.length - foot.length - CUT.length - 1;
  return head + (text.length > room ? text.slice(0, room) + CUT : text.trimEnd()) + foot;
}

const text = readFileSync(file, 'utf8');
const body = marker + '\n' + (title === undefined ? text : fenced(text));

// What an answer says, in one line: the text of others begins no command of the log.
function told(text) {
  let said = text;
  try {
    said = JSON.parse(text).message ?? text;
  } catch {}
  return String(said).replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ').replaceAll('##vso', '').trim().slice(0, 300);
}

async function call(method, address, token, sent) {
  const response = await fetch(address, {
    method,
    headers: { authorization: 'Bearer ' + token, 'content-type': 'application/json' },
    signal: AbortSignal.timeout(60000),
    ...(sent === undefined ? {} : { body: JSON.stringify(sent) }),
  });
  const answer = await response.text();
  const said = told(answer);
  const refused = method + ' answered ' + response.status + (said === '' ? '. ' : ': ' + said + '. ');
  if (!response.ok) throw new Error(refused + ([401, 403].includes(response.status) ? NEEDED + ' ' : ''));
  try {
    return JSON.parse(answer);
  } catch {
    throw new Error(refused + 'That is not the answer of a comment API. ');
  }
}

function listOf(some) {
  if (!Array.isArray(some)) throw new Error('GET answered 200 with no list. ');
  return some;
}

// The comment helps the reader and decides nothing: where it is refused, the log says so and the job goes on.
async function comment(post) {
  try {
    await post();
  } catch (error) {
    const why = String(error?.cause?.code ?? error?.cause?.message ?? error?.message ?? error).trim();
    warn('No comment "' + name + '" on the pull request: ' + why + ' The log or the summary of this run has its text.');
  }
}
`;

const GITHUB = `
const NEEDED = 'The job needs the permission "pull-requests: write", and a token that may have it.';
const warn = (text) => console.log('::warning title=Comment not posted::' + text.replaceAll('%', '%25'));

const { GITHUB_API_URL, GITHUB_REPOSITORY, GITHUB_TOKEN, PULL_REQUEST } = process.env;
const issues = GITHUB_API_URL + '/repos/' + GITHUB_REPOSITORY + '/issues/';
const comments = issues + PULL_REQUEST + '/comments';

async function earlier() {
  for (let page = 1; ; page += 1) {
    const some = listOf(await call('GET', comments + '?per_page=100&page=' + page, GITHUB_TOKEN));
    const found = some.find((one) => one.user?.type === 'Bot' && one.body?.startsWith(marker));
    if (found !== undefined || some.length < 100) return found;
  }
}

await comment(async () => {
  const before = await earlier();
  if (before === undefined) await call('POST', comments, GITHUB_TOKEN, { body });
  else await call('PATCH', issues + 'comments/' + before.id, GITHUB_TOKEN, { body });
});
`;

const AZURE = `
const NEEDED = 'The build service needs "Contribute to pull requests" in this repository.';
const warn = (text) => console.log('##vso[task.logissue type=warning]' + text);

const { BUILD_REPOSITORY_ID, SYSTEM_ACCESSTOKEN, SYSTEM_COLLECTIONURI, SYSTEM_PULLREQUEST_PULLREQUESTID } = process.env;
const repository = SYSTEM_COLLECTIONURI + process.env.SYSTEM_TEAMPROJECTID + '/_apis/git/repositories/' + BUILD_REPOSITORY_ID;
const threads = repository + '/pullRequests/' + SYSTEM_PULLREQUEST_PULLREQUESTID + '/threads';
const azure = (method, path, sent) => call(method, threads + path + '?api-version=7.1', SYSTEM_ACCESSTOKEN, sent);

// An active thread has to be resolved by somebody where the branch's policy asks for that; a closed one is only read.
const status = body.includes('[!CAUTION]') ? 1 : 4;

await comment(async () => {
  const all = listOf((await azure('GET', '')).value).filter((thread) => !thread.isDeleted);
  const before = all.find((thread) => thread.comments[0]?.content?.startsWith(marker));
  if (before === undefined) {
    await azure('POST', '', { comments: [{ parentCommentId: 0, content: body, commentType: 1 }], status });
  } else {
    await azure('PATCH', '/' + before.id + '/comments/' + before.comments[0].id, { content: body });
    await azure('PATCH', '/' + before.id, { status });
  }
});
`;

/** The script that comments on a pull request of GitHub, by its REST API; Node and nothing else. */
export function githubComment(path: string): PipelineFile {
  return { path, text: `${TEXT}${GITHUB}` };
}

/** The same for Azure Repos. */
export function azureComment(path: string): PipelineFile {
  return { path, text: `${TEXT}${AZURE}` };
}
