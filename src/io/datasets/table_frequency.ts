import {checkOptions} from '../../core/check_options';
import {reject, ValueError} from '../../core/errors';
import {type ClassFrequency, freqInfoFromCounts} from '../../frequency';
import {requirePeer} from './require_peer';

/** Options of `tableFrequency`. */
export interface TableFrequencyOptions {
  /** Column of classes, indices or names. Default: `label`. */
  label?: string;
  /** Column that identifies the image, if images have several rows. Default: none, each row is an image. */
  image?: string;
  /** Names of the classes, in index order. Default: the names in the table, sorted, or none if it has indices. */
  classNames?: readonly string[];
  /** C, if the last classes may have no rows. */
  numClasses?: number;
}

interface DuckDB {
  DuckDBInstance: {create(): Promise<{connect(): Promise<Connection>; closeSync(): void}>};
}

interface Connection {
  runAndReadAll(sql: string): Promise<{getRowObjects(): Record<string, unknown>[]}>;
  closeSync(): void;
}

/**
 * Counts classes in Parquet, CSV or JSON files that outgrow memory, by DuckDB (`@duckdb/node-api`, an optional peer).
 * The same SQL (see `docs/label-tables.md`) runs in Spark and BigQuery; `freqInfoFromCounts` takes the rows it returns
 * there.
 *
 * @param files A path, which may have wildcards (`labels/*.parquet`), or a URL that DuckDB reads (`s3://…`).
 * @throws ValueError for unknown options, files that DuckDB cannot read, columns that they lack, and labels that are
 *   not classes.
 */
export async function tableFrequency(
  files: string,
  options: TableFrequencyOptions = {},
): Promise<ClassFrequency> {
  checkOptions('tableFrequency', options, ['label', 'image', 'classNames', 'numClasses']);
  if (typeof files !== 'string') reject('files', 'a path of files', files);
  const {label = 'label', image, classNames, numClasses} = options;
  const counted = image === undefined ? 'COUNT(*)' : `COUNT(DISTINCT ${quoted(image, '"')})`;
  const from = `FROM ${quoted(files, "'")}`;
  const column = quoted(label, '"');
  // Group by the column itself: a table may also have a column called class.
  const classes = `SELECT ${column} AS class, ${counted} AS "imageCount" ${from} WHERE ${column} IS NOT NULL GROUP BY ${column}`;
  const {DuckDBInstance} = requirePeer<DuckDB>('@duckdb/node-api', 'Counting in tables');
  const instance = await DuckDBInstance.create();
  const connection = await instance.connect();
  try {
    const query = async (sql: string) => (await connection.runAndReadAll(sql)).getRowObjects();
    const rows = (await query(classes)) as {class: string | bigint; imageCount: bigint}[];
    const [{images}] = await query(`SELECT ${counted} AS images ${from}`);
    const areNames = rows.some((row) => typeof row.class === 'string' && !/^\d+$/.test(row.class));
    return freqInfoFromCounts(rows, {
      numImages: images as bigint,
      numClasses,
      classNames: classNames ?? (areNames ? rows.map((row) => String(row.class)).sort() : undefined),
    });
  } catch (error) {
    if (error instanceof ValueError) throw error;
    const [first] = (error as Error).message.split('\n');
    throw new ValueError(`Expected \`files\` that DuckDB can count in. Received: ${files} (${first})`);
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

function quoted(text: string, mark: string): string {
  return mark + text.replaceAll(mark, mark + mark) + mark;
}
