#!/usr/bin/env node
import {main} from './main';

// `longtail … | head` ends when head has had enough.
process.stdout.on('error', ({code}: NodeJS.ErrnoException) => {
  if (code === 'EPIPE') process.exit();
});

main(process.argv.slice(2)).then((code) => {
  process.exitCode = code;
});
