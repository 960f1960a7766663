import {signed} from '../../../src/report/comparison_columns';
import {READINGS, type Reading, SCORED, type Scores} from '../protocol';

const percent = (share: number) => (100 * share).toFixed(1);

/** Fills the table: one row per group, with each reading's accuracy and its difference from the baseline. */
export function showResults(body: HTMLElement, scores: Record<Reading, Scores> | undefined): void {
  body.replaceChildren(
    ...SCORED.map((group) => {
      const row = document.createElement('tr');
      const head = Object.assign(document.createElement('th'), {textContent: group, scope: 'row'});
      const cells = READINGS.map((reading) => {
        const cell = document.createElement('td');
        cell.textContent = scores ? percent(scores[reading][group]) : '–';
        if (scores && reading !== 'baseline') {
          const difference = 100 * (scores[reading][group] - scores.baseline[group]);
          cell.append(
            Object.assign(document.createElement('small'), {textContent: ` ${signed(difference)}`}),
          );
        }
        return cell;
      });
      row.append(head, ...cells);
      return row;
    }),
  );
}
