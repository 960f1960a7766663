import {parseHTML} from 'linkedom';
import {drawWith} from './picture_document';

// To TypeScript, linkedom's document is not a browser's.
drawWith(() => parseHTML('<!doctype html><html><body></body></html>').document as unknown as Document);
