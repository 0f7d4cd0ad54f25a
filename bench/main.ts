import Table from 'cli-table3';
import { pathWithPython } from '../scripts/python-tools';
import { type Bound, ROWS } from './rows';

/** The bound as the table shows it, and what a figure comes to against it. */
function judge(bound: Bound, value: number): { readonly limit: string; readonly verdict: string } {
  return 'atMost' in bound
    ? { limit: `≤ ${bound.atMost}`, verdict: value <= bound.atMost ? 'ok' : 'too much' }
    : { limit: `≥ ${bound.atLeast}`, verdict: value >= bound.atLeast ? 'ok' : 'too little' };
}

// `npm run bench [-- --json] [-- NAME…]`: each figure comes from things measured in this one run.
async function main(): Promise<void> {
  process.env.PATH = pathWithPython(process.env.PATH);
  const json = process.argv.includes('--json');
  const wanted = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
  const values: Record<string, number> = {};
  const table = new Table({ head: ['name', 'what', 'measured', 'bound', ''], style: { head: [], border: [] } });
  for (const row of ROWS.filter(({ name }) => wanted.length === 0 || wanted.includes(name))) {
    if (!json) process.stderr.write(`${row.name} …\n`);
    const value = await row.measure();
    if (typeof value === 'number') values[row.name] = Number(value.toFixed(3));
    const { limit, verdict } = judge(row, typeof value === 'number' ? value : Number.NaN);
    if (typeof value === 'number') {
      if (verdict !== 'ok') process.exitCode = 1;
      table.push([row.name, row.what, value.toFixed(2), limit, verdict]);
    } else table.push([row.name, row.what, '-', limit, `skipped: ${value}`]);
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
