export { CATALOGUE, type CodeEntry } from './catalogue';
export { InputError } from './input-error';
