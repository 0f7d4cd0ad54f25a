/** The codes of modules/. */
export const modulesCodes = {
  PLR6001: {
    title: 'A file that was not generated here stands where a module belongs',
    explanation:
      "A module's folder holds a generated `main.tf.json`, which lists the files that were written with it. A file that it does not list belongs to somebody else and is not overwritten. Move it away, or choose another output folder.",
  },
} as const;
