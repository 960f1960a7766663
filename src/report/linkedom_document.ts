import {parseHTML} from 'linkedom';
import {drawWith} from './picture_document';

// linkedom's document is no browser's to TypeScript.
drawWith(() => parseHTML('<!doctype html><html><body></body></html>').document as unknown as Document);

// Without an export esbuild takes a file for CommonJS, and runs what it imports later and slower.
export {};
