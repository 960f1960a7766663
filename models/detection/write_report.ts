import {mkdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {escapeHtml, htmlTable} from '../../src/report/on_node';
import {mobyDickCorpus} from '../moby-dick/data/corpus';
import {svgToPng} from '../moby-dick/png';
import {reportHtml, type Section} from '../moby-dick/report_html';
import type {Contender} from './contender';
import {heldOutPages} from './data/page_set';
import type {DetectionOutcome, DetectionSetting} from './detection_job';
import {heldOutScan} from './held_out_scan';
import {lambdaFigure} from './lambda_figure';
import {pagePicture, readPage} from './page_picture';
import {type Summary, summaryColumns} from './summary';

const PAGES = 3;

export interface ReportInput {
  setting: DetectionSetting;
  contenders: readonly Contender[];
  /** For each contender, by seed. */
  outcomes: ReadonlyArray<readonly DetectionOutcome[]>;
  summary: readonly Summary[];
  footer: string;
}

/** Writes the numbers, pictures of pages with detections, and a report with all of them; returns the file names. */
export function writeReport(
  out: string,
  {setting, contenders, outcomes, summary, footer}: ReportInput,
): string[] {
  mkdirSync(out, {recursive: true});
  const files: string[] = [];
  const write = (name: string, content: string | Buffer) => {
    writeFileSync(join(out, name), content);
    files.push(name);
  };
  write('detect.json', `${JSON.stringify({setting, summary}, null, 2)}\n`);
  const {lambda, counts} = outcomes[0][0];
  const total = counts.reduce((sum, count) => sum + count, 0).toLocaleString('en');
  const sections: Section[] = [
    {
      heading: 'Average precision',
      text: `By LVIS's rules, over IoUs of .5 to .95, on ${setting.split} pages, with differences from the first row.`,
      content: htmlTable(
        summary,
        summaryColumns(summary[0]),
        'APr: classes of 1–10 boxes in training, APc: 11–100, APf: more',
      ),
    },
  ];
  if (summary.filter((row) => row.lambda !== undefined).length > 1) {
    const svg = lambdaFigure(summary);
    write('lambda.svg', svg);
    write('lambda.png', svgToPng(svg));
    sections.push({
      heading: 'λ',
      text: 'Differences from the first row.',
      content: lambdaFigure(summary, 'inline'),
    });
  }
  sections.push(...pageSections(setting, contenders, outcomes, write));
  const lead = `${total} boxes of ${counts.length} characters on ${setting.pages} pages; λ = ${lambda.toPrecision(3)}.`;
  write('report.html', reportHtml('Characters found on pages of Moby-Dick', lead, sections, footer));
  return files;
}

function pageSections(
  {split, perClass}: DetectionSetting,
  contenders: readonly Contender[],
  outcomes: ReadonlyArray<readonly DetectionOutcome[]>,
  write: (name: string, content: Buffer) => void,
): Section[] {
  const {classes} = mobyDickCorpus();
  const pages = heldOutPages(split, perClass).slice(0, PAGES);
  const text =
    'Green: found. Orange: a wrong class (named), or no character. Dashed: not found. There are as many boxes as characters.';
  return pages.map((page, p) => {
    const pictures = contenders.map(({name, title}, i) => {
      const drawn = readPage(page, outcomes[i][0].found[p]);
      const picture = pagePicture(heldOutScan(page, p).scan, drawn, classes);
      write(`page-${p + 1}-${name}.png`, picture);
      const uri = `data:image/png;base64,${picture.toString('base64')}`;
      const image = `<img src="${uri}" alt="Page ${p + 1} with the boxes of ${escapeHtml(title)}" style="max-width:100%">`;
      return `<p>${escapeHtml(title)}</p>${image}`;
    });
    return {heading: `Page ${p + 1}`, text, content: pictures.join('')};
  });
}
