import type { Limit } from '../model';

/** What GitHub allows of a comment. */
export const GITHUB_LIMITS = [
  {
    id: 'github.commentCharacters',
    cloud: 'github',
    what: 'characters of a comment on a pull request: `plan --format markdown` leaves out what has no room',
    value: 65536,
    unit: 'characters',
    adjustable: false,
    source: 'https://github.com/orgs/community/discussions/27190',
    checked: '2026-11-21',
    enforcedBy: 'report',
  },
] as const satisfies readonly Limit[];
