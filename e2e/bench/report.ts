/** What a section has measured. */
export interface Report {
  readonly tables: readonly Table[];
  readonly yardsticks: readonly Yardstick[];
}

export interface Table {
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | number)[])[];
}

/** What is to be reached; missed, the whole bench fails. */
export interface Yardstick {
  readonly what: string;
  readonly measured: number;
  readonly atMost: number;
  readonly unit: string;
}

export function isMet({ measured, atMost }: Yardstick): boolean {
  return measured <= atMost;
}

export function formatReport({ tables, yardsticks }: Report): string {
  return [...tables.map(formatTable), yardsticks.map(formatYardstick).join('\n')]
    .filter((part) => part !== '')
    .join('\n\n');
}

function formatTable({ title, columns, rows }: Table): string {
  const cells = [columns, ...rows].map((row) => row.map(formatCell));
  const widths = columns.map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  const lines = cells.map((row) =>
    row
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  '),
  );
  return [title, ...lines.map((line) => `  ${line}`)].join('\n');
}

function formatYardstick(yardstick: Yardstick): string {
  const { what, measured, atMost, unit } = yardstick;
  return `${isMet(yardstick) ? 'reached' : 'MISSED '}  ${what}: ${formatCell(measured)}${unit} (at most ${atMost}${unit})`;
}

function formatCell(value: string | number): string {
  if (typeof value === 'string' || Number.isInteger(value)) return String(value);
  if (value === Number.POSITIVE_INFINITY) return 'never';
  return value.toFixed(Math.abs(value) < 10 ? 2 : 1);
}
