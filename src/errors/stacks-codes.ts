/** The codes of stacks/. */
export const stacksCodes = {
  PLR5001: {
    title: 'A file that was not generated here stands where a stack belongs',
    explanation:
      'The folder of each router below the output folder holds a generated file, `cdk.tf.json`, which says in its first lines that it was generated, and for a router of Azure the files of its forwarders in the folder `forwarder`. A file of such a name that was not generated belongs to somebody else and is not overwritten. Move it away, or choose another output folder.',
  },
} as const;
