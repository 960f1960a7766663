import {spawn} from 'node:child_process';
import {hasJupyter, jupyterEnvironment, NOTEBOOKS, prepare} from './prepare';

// `lab` is JupyterLab, `notebook` the plainer one: whichever is there.
const command = ['lab', 'notebook'].find(hasJupyter);

if (command === undefined) {
  console.error(
    'Neither JupyterLab nor Jupyter Notebook is installed: pip install jupyterlab, or on Debian and Ubuntu ' +
      'apt-get install -y jupyter-notebook',
  );
  process.exitCode = 1;
} else {
  prepare();
  const child = spawn('jupyter', [command, ...process.argv.slice(2)], {
    cwd: NOTEBOOKS,
    env: jupyterEnvironment(),
    stdio: 'inherit',
  });
  child.on('exit', (code) => {
    process.exitCode = code ?? 1;
  });
}
