import {signed} from '../../../src/report/comparison_columns';
import {type Reading, SCORED, type Scores} from '../protocol';

const percent = (share: number) => (100 * share).toFixed(1);

/** Fills the table: a row for each group. */
export function showResults(body: HTMLElement, scores: Record<Reading, Scores> | undefined): void {
  body.replaceChildren(
    ...SCORED.map((group) => {
      const row = document.createElement('tr');
      const head = Object.assign(document.createElement('th'), {textContent: group, scope: 'row'});
      const cells = scores
        ? [
            percent(scores.baseline[group]),
            ...(['eql', 'adjusted'] as const).flatMap((reading) => [
              percent(scores[reading][group]),
              signed(100 * (scores[reading][group] - scores.baseline[group])),
            ]),
          ]
        : ['–', '–', '–', '–', '–'];
      row.append(
        head,
        ...cells.map((textContent) => Object.assign(document.createElement('td'), {textContent})),
      );
      return row;
    }),
  );
}
