// The public entry, drawing without a page: for programs and tests in this repository.
import './linkedom_document';

export * from './index';
