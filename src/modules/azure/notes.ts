import type { ModuleNote } from '../definition';

export const AZURE_NOTES: readonly ModuleNote[] = [];
