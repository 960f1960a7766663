import {ClassFrequency} from 'tfjs-longtail';
import {ClassificationReport, draw} from 'tfjs-longtail/report';
import {element, enable, onPress} from '../element';
import {droppedFiles, filesOf, imagesOf} from './chosen_images';
import type {OwnImage, OwnModel, OwnReply, OwnRequest} from './protocol';

const EPOCHS = 15;

/**
 * A visitor's own images, chosen or dropped: trains on them in a worker, shows a report, and offers the model for
 * download.
 */
export class OwnSection {
  private readonly status = element('own-status');
  private readonly download = element<HTMLButtonElement>('own-save');
  private readonly choose = element<HTMLInputElement>('own-folder');
  private worker: Worker | undefined;
  private model: OwnModel | undefined;

  constructor() {
    const zone = element('own-drop');
    this.choose.addEventListener('change', () => {
      if (this.choose.files?.length) this.train(imagesOf(filesOf(this.choose.files)));
    });
    zone.addEventListener('dragover', (event) => event.preventDefault());
    zone.addEventListener('drop', (event) => {
      event.preventDefault();
      if (event.dataTransfer)
        droppedFiles(event.dataTransfer.items).then((files) => this.train(imagesOf(files)));
    });
    onPress(this.download, () => this.save());
  }

  private train(images: OwnImage[]): void {
    this.worker?.terminate();
    enable(this.download, false);
    this.status.textContent = `${images.length.toLocaleString('en')} images. Starting …`;
    this.worker = new Worker(new URL('./worker.ts', import.meta.url), {type: 'module'});
    this.worker.onmessage = ({data}: MessageEvent<OwnReply>) => this.take(data);
    this.worker.onerror = ({message}) => this.take({kind: 'failed', message});
    this.worker.postMessage({images, epochs: EPOCHS} satisfies OwnRequest);
  }

  private take(reply: OwnReply): void {
    if (reply.kind === 'said') this.status.textContent = reply.text;
    else if (reply.kind === 'failed') this.status.textContent = `That did not work: ${reply.message}`;
    else {
      const {history, report, frequencies, unreadable, model} = reply;
      this.model = model;
      draw.frequency(element('own-frequency'), new ClassFrequency(frequencies));
      draw.history(element('own-history'), {'your model': history});
      draw.report(element('own-report'), new ClassificationReport(report.models));
      const left =
        unreadable > 0 ? ` ${unreadable === 1 ? 'One file' : `${unreadable} files`} could not be read.` : '';
      this.status.textContent = `Trained on ${frequencies.numImages} images of ${frequencies.classNames.length} classes.${left}`;
      enable(this.download, true);
    }
  }

  private save(): void {
    if (!this.model) return;
    const {json, weights} = this.model;
    for (const [name, part] of [
      ['model.json', json],
      ['weights.bin', weights],
    ] as const) {
      const link = document.createElement('a');
      link.href = URL.createObjectURL(new Blob([part]));
      link.download = name;
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
    }
  }
}
