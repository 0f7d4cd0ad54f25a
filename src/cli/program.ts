import { Command, Option } from 'commander';
import { DEFAULT_FILE } from '../app';
import { defined } from '../model';
import { addAdoptOptions, type RawAdoptOptions, settleAdopt } from './adopt-program';
import { addInitOptions, type RawInitOptions, settleInit } from './init-program';
import { type Io, PROCESS_IO } from './io';
import { addModulesOptions, type RawModulesOptions, settleModules } from './modules-program';
import { type RawOptions, type RunOptions, settle } from './options';
import { type Outcome, UsageError } from './outcome';
import { version } from './version';

/** Runs a command's work and prints what came of it. */
export type Runner = (options: Pick<RunOptions, 'format'>, work: () => Promise<Outcome>) => Promise<void>;

const EXIT_CODES = `
Exit codes:
  0  fine
  1  the inventory, the lock or the machine is at fault: the diagnostics say what to do (also a defect of this program)
  2  the command line is at fault`;

function examples(...lines: readonly string[]): string {
  return `\nExamples:\n${lines.map((line) => `  $ ${line}`).join('\n')}`;
}

const FORMAT = new Option('--format <format>', 'text, or one JSON document').choices(['text', 'json']).default('text');

function shared(command: Command, format = FORMAT): Command {
  command.option('-e, --env <name>', 'the environment: its overlay and its lock').addOption(format);
  return command
    .option('--frozen', 'refuse a lock that would change (the default where CI is set, and not to 0, false, no or off)')
    .option('--no-frozen', 'allow it');
}

function addCheck(program: Command, io: Io, run: Runner): void {
  shared(program.command('check'))
    .summary('say everything that is wrong with the inventory')
    .description(
      'Reads inventory, overlay, lock and limits and prints every finding. Writes nothing, needs no credentials.',
    )
    .argument('[file]', 'the inventory', DEFAULT_FILE)
    .option('--resolve', 'also ask name servers for every host, as seen from here')
    .option('--all-envs', 'check the inventory and every overlay beside it, and what they must not share')
    .addHelpText(
      'after',
      examples(
        'privatelink-router check',
        'privatelink-router check --env prod',
        'privatelink-router check --all-envs',
        'privatelink-router check --resolve',
        'privatelink-router check network/inventory.yaml --format json',
      ),
    )
    .action((file: string, raw: RawOptions & { readonly resolve?: boolean; readonly allEnvs?: boolean }) => {
      const options = { ...settle(file, raw, io.env), resolve: raw.resolve ?? false };
      if (raw.allEnvs !== true) {
        return run(options, async () => (await import('./commands/check')).check(options, io));
      }
      if (raw.env !== undefined) {
        throw new UsageError('--env names one environment, --all-envs means all of them; give one of the two');
      }
      return run(options, async () => (await import('./commands/check-all')).checkAll(options, io));
    });
}

function addPlan(program: Command, io: Io, run: Runner): void {
  const format = new Option('--format <format>', 'text, one JSON document, or a comment on a pull request')
    .choices(['text', 'json', 'markdown'])
    .default('text');
  shared(program.command('plan'), format)
    .summary('show where each target goes and what changes')
    .description('Prints shards, listener ports and domains, and what changes against the lock. Writes nothing.')
    .argument('[file]', 'the inventory', DEFAULT_FILE)
    .option(
      '--against <lockfile|git-ref>',
      'compare with that lock, or with inventory and lock as they are in that commit',
    )
    .option('--router <name>', 'show this router alone')
    .addHelpText(
      'after',
      examples(
        'privatelink-router plan',
        'privatelink-router plan --env prod --against origin/main',
        'privatelink-router plan --against old.lock.json',
        'privatelink-router plan --format json | jq .changes',
        'privatelink-router plan --against origin/main --format markdown > comment.md',
      ),
    )
    .action((file: string, raw: RawOptions & { readonly against?: string; readonly router?: string }) => {
      const { against, router } = raw;
      const options = {
        ...settle(file, raw, io.env),
        ...defined({ against, router }),
      };
      return run(options, async () => (await import('./commands/plan')).plan(options));
    });
}

function addLock(program: Command, io: Io, run: Runner): void {
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

function addLockEdits(lock: Command, io: Io, run: Runner): void {
  const file = () => new Option('-f, --file <file>', 'the inventory').default(DEFAULT_FILE);
  shared(lock.command('release'))
    .summary('let a retired port be given out again')
    .description('Frees a retired port. Do it once no client dials that port any more.')
    .argument('<router>', 'the router')
    .argument('<port>', 'the retired listener port')
    .addOption(file())
    .addHelpText('after', examples('privatelink-router lock release analytics 10003'))
    .action((router: string, port: string, raw: RawOptions & { readonly file: string }) => {
      const options = settle(raw.file, raw, io.env);
      return run(options, async () => (await import('./commands/lock')).release(options, router, port, io));
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

function addSynth(program: Command, io: Io, run: Runner): void {
  shared(program.command('synth'))
    .summary('write the lock and the Terraform')
    .description('Brings the lock up to date, then writes one folder of Terraform JSON for each router.')
    .argument('[file]', 'the inventory', DEFAULT_FILE)
    .option('-o, --out <dir>', 'the folder to write to', 'cdktf.out')
    .option('--no-backend', "leave the inventory's backend out: whoever runs Terraform keeps the state")
    .addHelpText(
      'after',
      examples(
        'privatelink-router synth',
        'privatelink-router synth --env prod --out build',
        'privatelink-router synth --frozen',
      ),
    )
    .action((file: string, raw: RawOptions & { readonly out: string; readonly backend: boolean }) => {
      if (raw.out === '') {
        throw new UsageError('--out is empty');
      }
      const options = { ...settle(file, raw, io.env), out: raw.out, backend: raw.backend };
      return run(options, async () => (await import('./commands/synth')).synth(options, io));
    });
}

function addInit(program: Command, _io: Io, run: Runner): void {
  addInitOptions(program.command('init'))
    .summary('write a commented starter, or a pipeline')
    .description(
      'Writes a commented starter inventory, or with --pipeline the files with which a product checks, plans and applies ' +
        'the inventory that is there. Never overwrites a file.',
    )
    .addHelpText(
      'after',
      examples(
        'privatelink-router init',
        'privatelink-router init --cloud azure',
        'privatelink-router init network/inventory.yaml',
        'privatelink-router init --pipeline github-actions',
        'privatelink-router init --pipeline atlantis --env dev --env prod',
      ),
    )
    .action((file: string, raw: RawInitOptions) => {
      const options = settleInit(file, raw);
      return run(options, async () =>
        options.kind === 'starter'
          ? (await import('./commands/init')).init(options)
          : (await import('./commands/init-pipeline')).initPipeline(options),
      );
    });
}

function addAdopt(program: Command, _io: Io, run: Runner): void {
  addAdoptOptions(program.command('adopt'))
    .summary('take over what another module made')
    .description(
      'Reads the Terraform state of a load balancer with listeners, target groups and an endpoint service, however they are called, ' +
        'and writes what a module or a stack needs to take them over: nothing is destroyed, and every port stays. Changes nothing by itself.',
    )
    .addHelpText(
      'after',
      examples(
        'terraform show -json | privatelink-router adopt --state -',
        'privatelink-router adopt --state terraform.tfstate --host 10003=legacy.corp.acme.com',
        'privatelink-router adopt --state state.json --to stack --name analytics',
        'privatelink-router adopt --state state.json --to stack --inventory privatelink-router.yaml',
      ),
    )
    .action((raw: RawAdoptOptions) => {
      const options = settleAdopt(raw);
      return run(options, async () => (await import('./commands/adopt')).adopt(options));
    });
}

function addModules(program: Command, _io: Io, run: Runner): void {
  addModulesOptions(program.command('modules'))
    .summary('write the Terraform modules for a registry')
    .description(
      'Writes the registry modules: the same routers for those who use Terraform alone, without an inventory. ' +
        'Needs no inventory; the same program writes the same bytes.',
    )
    .addHelpText(
      'after',
      examples(
        'privatelink-router modules',
        'privatelink-router modules --out vendor/modules',
        'privatelink-router modules --publish-tree build --namespace acme',
        'privatelink-router modules --publish-tree build --namespace registry.example.com/acme',
      ),
    )
    .action((raw: RawModulesOptions) => {
      const options = settleModules(raw);
      return run(options, async () => (await import('./commands/modules')).modules(options));
    });
}

const workOnly: Runner = async (_, work) => {
  await work();
};

/**
 * The command line: every command with its options, its help and its examples.
 * @param io default: the process's own streams and environment
 * @param run what happens with a command's work; default: it is done, and nothing is printed
 */
export function buildProgram(io: Io = PROCESS_IO, run: Runner = workOnly): Command {
  const program = new Command('privatelink-router')
    .description('One inventory of targets becomes Terraform that gives Databricks a private way to all of them.')
    .version(version(), '-V, --version', 'print the version')
    .configureOutput({
      writeOut: (text) => void io.stdout.write(text),
      writeErr: (text) => void io.stderr.write(text),
      getOutHelpWidth: () => io.stdout.columns ?? 100,
      getErrHelpWidth: () => io.stderr.columns ?? 100,
    })
    // Else `lock` itself would take the options that stand behind `lock release`; both levels need it.
    .enablePositionalOptions()
    .helpCommand('help [command]', 'help for a command')
    .showHelpAfterError('(--help says more)')
    .exitOverride()
    .addHelpText(
      'after',
      `${examples('privatelink-router init', 'privatelink-router check', 'privatelink-router plan', 'privatelink-router synth')}\n${EXIT_CODES}`,
    );
  for (const add of [addInit, addCheck, addPlan, addLock, addSynth, addAdopt, addModules]) {
    add(program, io, run);
  }
  return program;
}
