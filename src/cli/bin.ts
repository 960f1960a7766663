#!/usr/bin/env node
import {main} from './main';

// Exits quietly when the reader of a pipe closes it, as in `longtail … | head`.
process.stdout.on('error', ({code}: NodeJS.ErrnoException) => {
  if (code === 'EPIPE') process.exit();
});

main(process.argv.slice(2)).then((code) => {
  process.exitCode = code;
});
