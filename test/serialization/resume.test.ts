import test from 'ava';
import {useBackend} from '../helpers/backends';
import {checkResume, optimizers} from '../helpers/resume';

for (const backend of ['cpu', 'wasm'] as const) {
  for (const [name, optimizer] of Object.entries(optimizers)) {
    test.serial(`training continues bit for bit after loading (${name}, ${backend})`, async (t) => {
      await useBackend(backend);
      await checkResume(t, optimizer);
    });
  }
}
