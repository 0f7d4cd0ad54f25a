import { Command, Option } from 'commander';
import { DEFAULT_FILE } from '../app';
import { defined } from '../model';
import { addAdoptOptions, type RawAdoptOptions, settleAdopt } from './adopt-program';
import { examples, type Runner, shared } from './command';
import { addInitOptions, type RawInitOptions, settleInit } from './init-program';
import { type Io, PROCESS_IO } from './io';
import { addLock } from './lock-program';
import { addModulesOptions, type RawModulesOptions, settleModules } from './modules-program';
import { type RawOptions, settle } from './options';
import { UsageError } from './outcome';
import { version } from './version';

const EXIT_CODES = `
Exit codes:
  0  fine
  1  the inventory, the lock or the machine is at fault: the diagnostics say what to do (also a defect of this program)
  2  the command line is at fault`;

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
