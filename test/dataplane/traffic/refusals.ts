import { afterAll, beforeAll, expect, it } from 'vitest';
import { ENGINES } from '../../../src/forwarder';
import { target } from '../../forwarder/render';
import { carrying, type Forwarder, packedFile, revisionOf } from '../support/forwarder';
import { at, type Lab, TARGETS } from '../support/lab';
import { ENDPOINT } from '../support/network';
import { until } from '../support/until';

/** A line that no engine takes, and what each one's own checker says of it. */
const NONSENSE = 'this is no directive of anything;';
const CHECKERS_WORDS = {
  haproxy: /unknown keyword 'this'/,
  nginx: /unknown directive "this"/,
  nftables: /Error: .*\nthis is no directive/,
};
const TAKEN_PORT = 10050;
/** What stands in a file where the apply script writes the revision. */
const REVISION_MARK = '@REVISION@';
/** For how long the script waits for an engine to come up. */
const PATIENCE = /engine_within=\d+/;

/** A configuration that cannot work is refused, whatever is wrong with it, and the one before goes on. */
export function refusalsChangeNothing(lab: () => Lab): void {
  let first: Forwarder;
  let good: string;

  beforeAll(async () => {
    const [forwarder] = lab().forwarders;
    if (forwarder === undefined) throw new Error('there is no forwarder');
    first = forwarder;
    good = lab().render().apply;
    await lab().apply();
    await lab().link.balance(['fw1']);
  });
  afterAll(() => lab().link.balance(['fw1', 'fw2']));

  /** Runs `change` under load. What ran before must still run afterwards, and no connection may be lost. */
  async function goesOn(change: () => Promise<void>): Promise<void> {
    const { client } = lab();
    expect(await lab().runs(first)).toBe(revisionOf(good));
    await client.tell('startLoad', { id: 'meanwhile', ...at('stock'), kept: 4 });
    await change();
    const { completed } = await client.tell('load', { id: 'meanwhile' });
    await until(
      'more traffic',
      async () => (await client.tell('load', { id: 'meanwhile' })).completed > completed + 10,
    );
    const { lost } = await client.tell('stopLoad', { id: 'meanwhile' });
    expect(lost).toEqual([]);
    expect(await lab().runs(first)).toBe(revisionOf(good));
  }

  it("refuses what the engine's own checker refuses, in its words", async () => {
    const { engine } = lab();
    const path = ENGINES[engine].files[0]?.path ?? '';
    const before = first.machine.read(path);
    await goesOn(async () => {
      const text = lab().render().files[path] ?? '';
      const { code, stdout, stderr } = await first.apply(carrying(good, path, `${text}\n${NONSENSE}\n`));
      expect(code).toBe(1);
      expect(stdout + stderr).toMatch(CHECKERS_WORDS[engine]);
      expect(stdout + stderr).toContain('goes on');
    });
    expect(first.machine.read(path)).toBe(before);
  });

  it('goes back when the new configuration passes the checker and does not come up', async () => {
    const { files } = lab().render();
    const [path, text] = Object.entries(files).find(([, content]) => content.includes(REVISION_MARK)) ?? ['', ''];
    // It comes up as something else than what it should be; the script need not be patient about it.
    const silent = carrying(good, path, text.replaceAll(REVISION_MARK, 'another')).replace(PATIENCE, 'engine_within=2');
    expect(silent).toContain('engine_within=2');
    await goesOn(async () => {
      const { code, stdout, stderr } = await first.apply(silent);
      expect(code).toBe(1);
      expect(stdout + stderr).toContain(`revision ${revisionOf(good).slice(0, 12)} is back and goes on`);
    });
    expect(first.machine.read(path)).toBe(text.replaceAll(REVISION_MARK, revisionOf(good)));
  });

  it('refuses a port that another program has', async ({ skip }) => {
    // The kernel's map takes a port whether a program has it or not.
    if (lab().engine === 'nftables') skip();
    const squatter = first.machine.start([
      'python3',
      '-c',
      `import socket; s = socket.create_server(("", ${TAKEN_PORT})); print("ready", flush=True); s.accept()`,
    ]);
    await new Promise((resolve) => squatter.stdout?.once('data', resolve));
    const { apply } = lab().render({ ...TARGETS, squatted: target(TAKEN_PORT, 'ledger.corp.example', 7000) });
    await goesOn(async () => {
      const { code, stdout, stderr } = await first.apply(apply);
      expect(code).toBe(1);
      expect(stdout + stderr).toContain(`another program on this machine listens on ${TAKEN_PORT}`);
      expect(stdout + stderr).toContain('goes on');
    });
    if (squatter.pid !== undefined) process.kill(-squatter.pid, 'SIGKILL');
    await until('the port to be free', async () => !(await first.listening()).includes(`0.0.0.0:${TAKEN_PORT}`));
    await first.mustApply(apply);
    expect(await lab().runs(first)).toBe(revisionOf(apply));
    expect(await lab().hop.tell('askOnce', { host: first.address, port: TAKEN_PORT, line: 'hello' })).toBe(
      'gamma hello',
    );
    await first.mustApply(good);
  });

  it('does nothing when only a part of the script arrived', async () => {
    const { apply } = lab().render({ ...TARGETS, new: target(TAKEN_PORT, 'ledger.corp.example', 7000) });
    await goesOn(async () => {
      for (let part = 1; part < PARTS; part += 1) {
        const { code } = await first.apply(apply.slice(0, Math.floor((apply.length * part) / PARTS)));
        expect(code, `part ${part} of ${PARTS}`).not.toBe(0);
      }
      const lastLine = apply.trimEnd().lastIndexOf('\n');
      expect((await first.apply(apply.slice(0, lastLine + 1))).code).not.toBe(0);
    });
  });

  it('refuses a file that did not arrive whole', async () => {
    const { engine } = lab();
    const { apply, files } = lab().render({ ...TARGETS, new: target(TAKEN_PORT, 'ledger.corp.example', 7000) });
    const path = ENGINES[engine].files[0]?.path ?? '';
    const other = carrying(apply, path, `${files[path]}\n`);
    // The checksum of one text over the bytes of another.
    const torn = other.replace(packedFile(other, path).digest, packedFile(apply, path).digest);
    expect(torn).not.toBe(other);
    await goesOn(async () => {
      const { code, stdout, stderr } = await first.apply(torn);
      expect(code).toBe(1);
      expect(stdout + stderr).toContain('goes on');
    });
  });

  it('takes two at once one after the other, and ends with one of them, whole', async () => {
    const scripts = [1, 2].map((n) =>
      lab().render({ ...TARGETS, [`either-${n}`]: target(TAKEN_PORT + n, 'ledger.corp.example', 7000) }),
    );
    const { client } = lab();
    await client.tell('startLoad', { id: 'meanwhile', ...at('stock'), kept: 4 });
    const ended = await Promise.all(scripts.map(({ apply }) => first.apply(apply)));
    expect(ended.map(({ code }) => code)).toEqual([0, 0]);
    const running = await lab().runs(first);
    const winner = scripts.findIndex(({ apply }) => revisionOf(apply) === running);
    expect([0, 1]).toContain(winner);
    for (const [path, text] of Object.entries(scripts[winner]?.files ?? {})) {
      expect(first.machine.read(path)).toBe(text.replaceAll('@REVISION@', running ?? ''));
    }
    const hop = lab().hop;
    const ask = (port: number) => hop.tell('askOnce', { host: first.address, port, line: 'hello' });
    expect(await ask(TAKEN_PORT + 1 + winner)).toBe('gamma hello');
    await expect(ask(TAKEN_PORT + 2 - winner)).rejects.toThrow('ECONNREFUSED');
    const { lost } = await client.tell('stopLoad', { id: 'meanwhile' });
    expect(lost).toEqual([]);
    await first.mustApply(good);
    expect(await client.tell('askOnce', { host: ENDPOINT, port: at('stock').port, line: 'hello' })).toBe('alpha hello');
  });

  it('does nothing when it runs already what it should', async () => {
    const path = ENGINES[lab().engine].files[0]?.path ?? '';
    await first.mustApply(good);
    const before = await first.machine.must(['stat', '--format=%i %Y %Z', path]);
    const [process] = await first.processesOf(ENGINES[lab().engine].service);
    await first.mustApply(good);
    expect(await first.machine.must(['stat', '--format=%i %Y %Z', path])).toBe(before);
    expect(await first.processesOf(ENGINES[lab().engine].service)).toEqual([process]);
  });
}

/** In how many places a script is cut. */
const PARTS = 12;
