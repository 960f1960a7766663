import {checkOptions} from '../../core/check_options';
import {reject, ValueError} from '../../core/errors';
import {type ClassFrequency, freqInfoFromCounts} from '../../frequency';
import {requirePeer} from './require_peer';

/** Which columns to count, and what the classes are. */
export interface TableFrequencyOptions {
  /** The column of classes, indices or names. Default: `label`. */
  label?: string;
  /** The column that tells images apart, where an image has several rows. Default: none, each row is an image. */
  image?: string;
  /** Names of the classes, in index order. Default: the names in the table, sorted, or none where it has indices. */
  classNames?: readonly string[];
  /** C, where the last classes may have no rows. */
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
 * Counts classes in Parquet, CSV or JSON files that outgrow memory, by DuckDB (`@duckdb/node-api`, an optional peer). The
 * same SQL runs in Spark and BigQuery (`docs/label-tables.md` has it), from whose rows `freqInfoFromCounts` makes the same.
 *
 * @param files A path, which may have wildcards (`labels/*.parquet`), or an address that DuckDB reads (`s3://…`).
 * @throws ValueError for unknown options, files that DuckDB cannot read, columns that they do not have, and labels that are
 *   no classes.
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
  // By its own name: a table may have a column that is called class, too.
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
