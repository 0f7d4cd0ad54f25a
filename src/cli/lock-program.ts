import { type Command, Option } from 'commander';
import { DEFAULT_FILE } from '../app';
import { defined } from '../model';
import { examples, type Runner, shared } from './command';
import type { Io } from './io';
import { type RawOptions, settle } from './options';
import { UsageError } from './outcome';

/** Adds `lock` with the two commands below it. */
export function addLock(program: Command, io: Io, run: Runner): void {
  const lock = shared(program.command('lock'))
    .summary('bring the lock up to date')
    .description(
      'Gives new targets their shard and port, retires the ports of those that went, resolves the names of `dns: synth`. ' +
        'Commit the lock together with the inventory.',
    )
    .argument('[file]', 'the inventory', DEFAULT_FILE)
    .option('--refresh', 'resolve every name of `dns: synth` again, not only new and changed ones')
    .option('--base <git-ref|lockfile>', 'settle a merge: keep what that lock has, and give the rest a free place')
    .addHelpText(
      'after',
      examples(
        'privatelink-router lock',
        'privatelink-router lock --refresh',
        'privatelink-router lock --frozen',
        'privatelink-router lock --base main',
        'privatelink-router lock release analytics 10003',
        'privatelink-router lock move analytics orders-db billing-sql --shard s2',
      ),
    )
    .action((file: string, raw: RawOptions & { readonly refresh?: boolean; readonly base?: string }) => {
      const { base } = raw;
      if (base === '') {
        throw new UsageError('--base is empty');
      }
      const options = {
        ...settle(file, raw, io.env),
        refresh: raw.refresh ?? false,
        ...defined({ base }),
      };
      return run(options, async () => (await import('./commands/lock')).lock(options, io));
    });
  lock.enablePositionalOptions().hook('preSubcommand', (_, subcommand) => {
    const early = lock.options.find((option) => lock.getOptionValueSource(option.attributeName()) === 'cli');
    if (early !== undefined) {
      throw new UsageError(`${early.long ?? early.flags} belongs behind \`lock ${subcommand.name()}\``);
    }
  });
  addLockEdits(lock, io, run);
}

/** What the command line gave to `lock release`. */
type ReleaseOptions = RawOptions & { readonly file: string; readonly shard?: string };

function addLockEdits(lock: Command, io: Io, run: Runner): void {
  const file = () => new Option('-f, --file <file>', 'the inventory').default(DEFAULT_FILE);
  shared(lock.command('release'))
    .summary('let a retired port, or a name of one, be given out again')
    .description('Frees a retired port, or a retired name of a shared one. Do it once no client dials it any more.')
    .argument('<router>', 'the router')
    .argument('<port>', 'the retired listener port')
    .argument('[name]', 'of a port that targets share: the retired name, with its path where it has one')
    .option('-s, --shard <shard>', 'the shard where it is freed, such as s2; default: every shard where it is retired')
    .addOption(file())
    .addHelpText(
      'after',
      examples(
        'privatelink-router lock release analytics 10003',
        'privatelink-router lock release analytics 9094 --shard s2',
        'privatelink-router lock release analytics 443 api.example.com/orders',
      ),
    )
    .action((router: string, port: string, name: string | undefined, raw: ReleaseOptions) => {
      const options = settle(raw.file, raw, io.env);
      const released = { router, port, ...defined({ name, shard: raw.shard }) };
      return run(options, async () => (await import('./commands/lock')).release(options, released, io));
    });
  shared(lock.command('move'))
    .summary('move targets to another shard')
    .description('Moves targets to another shard. Connections through the old listener end; the old port is retired.')
    .argument('<router>', 'the router')
    .argument('<target...>', 'the targets')
    .requiredOption('-s, --shard <shard>', 'the shard to move them to, such as s2')
    .addOption(file())
    .addHelpText('after', examples('privatelink-router lock move analytics orders-db billing-sql --shard s2'))
    .action(
      (router: string, targets: string[], raw: RawOptions & { readonly file: string; readonly shard: string }) => {
        const options = settle(raw.file, raw, io.env);
        return run(options, async () =>
          (await import('./commands/lock')).move(options, router, targets, raw.shard, io),
        );
      },
    );
}
