/**
 * The version of all registry modules. A change that CONTRIBUTING.md calls breaking raises the first number; the heading of
 * every module's CHANGELOG.md and the tag of a release say the same.
 */
export const MODULES_VERSION = '1.0.0';
