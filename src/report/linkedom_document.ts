import {parseHTML} from 'linkedom';
import {drawWith} from './picture_document';

// linkedom's document is no browser's to TypeScript.
drawWith(() => parseHTML('<!doctype html><html><body></body></html>').document as unknown as Document);
