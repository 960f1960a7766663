import {checks} from './check';
import {type PageSetting, startBackend} from './start_backend';

declare global {
  interface Window {
    /** Called by the runner in Node. */
    runChecks(setting: PageSetting): Promise<void>;
    /** Given by the runner: the outcome of one check, `failure` empty where it passed. */
    reportCheck(name: string, failure: string): Promise<void>;
  }
}

window.runChecks = async (setting) => {
  await startBackend(setting);
  for (const {name, fn} of checks) {
    let failure = '';
    try {
      await fn(setting);
    } catch (error) {
      failure = error instanceof Error ? (error.stack ?? error.message) : String(error);
    }
    await window.reportCheck(name, failure);
  }
  // Time for the rejections that nobody handled to be reported.
  await new Promise((resolve) => setTimeout(resolve, 20));
};
