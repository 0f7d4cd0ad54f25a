export { CATALOGUE, type CodeEntry } from './catalogue';
export { refuseForeignFiles } from './foreign-files';
export { InputError } from './input-error';
