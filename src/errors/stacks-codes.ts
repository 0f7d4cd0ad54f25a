/** The codes of stacks/. */
export const stacksCodes = {
  PLR5001: {
    title: 'A file that was not generated here stands where a stack belongs',
    explanation:
      'The folder of each router below the output folder holds one generated file, `cdk.tf.json`, which says in its first lines that it was generated. A file of that name without those lines belongs to somebody else and is not overwritten. Move it away, or choose another output folder.',
  },
} as const;
