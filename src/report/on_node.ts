// The same as the public entry, drawn without a page: for programs and tests beside the package.
import './linkedom_document';

export * from './index';
