/** The codes of app/ and cli/. */
export const cliCodes = {
  PLR9001: {
    title: 'The lock is not up to date, and this run may not change it',
    explanation:
      'A frozen run (`--frozen`, the default where `CI` is set to anything but `0`, `false`, `no` or `off`) only checks that the lock belongs to the inventory. ' +
      'Run `privatelink-router lock` on your machine, read what it changes and commit the lock file together with the inventory.',
  },
  PLR9002: {
    title: 'A file cannot be read or written',
    explanation:
      'The operating system refused it; the message says which file and why. ' +
      'Nothing else of this run was written. Give the right path, or put the rights of the folder in order.',
  },
  PLR9003: {
    title: 'A starter, or a file of a pipeline, would overwrite a file',
    explanation:
      '`init` writes new files only, and where one of them is in the way it writes none. Choose another name, or take the existing file away first if you no longer need it.',
  },
  PLR9011: {
    title: 'A pipeline needs a backend for the state',
    explanation:
      'Each run of a pipeline begins in a new folder. Without a backend, Terraform keeps the state in that folder, forgets what it made, and makes it again. Give the inventory a `terraform: backend:`. On Spacelift, which keeps the state itself, none is needed.',
  },
  PLR9021: {
    title: 'Another version of this package wrote the base',
    explanation:
      'The package lock of the commit after `--against` pins another version of privatelink-router than the one that runs. `plan` compares what the two inventories and locks mean to the running version; what the versions themselves do differently shows only in the plan of Terraform.',
  },
  PLR9022: {
    title: 'The lock of the base cannot be read',
    explanation:
      'The lock in the commit after `--against` is refused, so `plan` compares nothing with it. The lock beside the inventory may be in order: the message is about the other commit.',
  },
  PLR9023: {
    title: 'The inventory of the base is refused today',
    explanation:
      'The inventory in the commit after `--against` has errors by the checks of the running version. `plan` compares with as much of it as it can read; a router or a target that it cannot read counts as one that was not there.',
  },
} as const;
