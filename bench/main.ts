import Table from 'cli-table3';
import { ROWS } from './rows';

// `npm run bench [-- --json] [-- NAME…]`: each figure is a ratio of two things measured in this one run.
async function main(): Promise<void> {
  const json = process.argv.includes('--json');
  const wanted = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
  const values: Record<string, number> = {};
  const table = new Table({ head: ['name', 'what', 'measured', 'at most', ''], style: { head: [], border: [] } });
  for (const row of ROWS.filter(({ name }) => wanted.length === 0 || wanted.includes(name))) {
    if (!json) process.stderr.write(`${row.name} …\n`);
    const value = await row.measure();
    if (typeof value === 'number') values[row.name] = Number(value.toFixed(3));
    const [figure, verdict] =
      typeof value === 'number'
        ? [value.toFixed(2), value <= row.atMost ? 'ok' : 'too much']
        : ['-', `skipped: ${value}`];
    if (verdict === 'too much') process.exitCode = 1;
    table.push([row.name, row.what, figure, row.atMost, verdict]);
  }
  process.stdout.write(json ? `${JSON.stringify(values)}\n` : `${table.toString()}\n`);
}

// The servers and processes that are measured do not keep this one alive by themselves.
const awake = setInterval(() => undefined, 60_000);
main()
  .catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  })
  .finally(() => clearInterval(awake));
