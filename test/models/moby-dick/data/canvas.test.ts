import test from 'ava';
import {createCanvas, registerFace} from '../../../../models/moby-dick/data/canvas';
import {mobyDickCorpus} from '../../../../models/moby-dick/data/corpus';
import {FACES} from '../../../../models/moby-dick/data/faces';

test('every face draws every class, each in its own shape', (t) => {
  const {classes} = mobyDickCorpus();
  const canvas = createCanvas(32, 32);
  const pen = canvas.getContext('2d');
  for (const face of Object.values(FACES).flat()) {
    pen.font = `20px "${registerFace(face)}"`;
    const shapes = classes.map((character) => {
      pen.clearRect(0, 0, 32, 32);
      pen.fillText(character, 4, 24);
      return Buffer.from(pen.getImageData(0, 0, 32, 32).data).toString('base64');
    });
    // A missing character would be an empty or a placeholder box, the same for all that are missing.
    t.is(new Set(shapes).size, classes.length, JSON.stringify(face));
  }
});

test('a face is registered once, and faces of one family apart', (t) => {
  t.is(registerFace({family: 'lora'}), registerFace({family: 'lora', weight: 400, italic: false}));
  const names = FACES.training.map(registerFace);
  t.is(new Set(names).size, names.length);
});

test('a face that is not there is refused', (t) => {
  t.throws(() => registerFace({family: 'lora', weight: 123}), {
    message: /lora-latin-123-normal\.woff could not/,
  });
});
