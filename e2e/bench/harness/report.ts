export interface Report {
  readonly tables: readonly Table[];
  readonly targets: readonly Target[];
}

export interface Table {
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | number)[])[];
}

/** A target value; the bench fails where one is missed. */
export interface Target {
  readonly name: string;
  readonly value: number;
  readonly max: number;
  readonly unit: string;
}

export const target = (name: string, value: number, max: number, unit = ''): Target => {
  return { name, value, max, unit };
};

export const isMet = ({ value, max }: Target) => value <= max;

export function formatReport({ tables, targets }: Report): string {
  const parts = [...tables.map(formatTable), targets.map(formatTarget).join('\n')];
  return parts.filter((part) => part !== '').join('\n\n');
}

function formatTable({ title, columns, rows }: Table): string {
  const cells = [columns, ...rows].map((row) => row.map(formatCell));
  const widths = columns.map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  const pad = (cell: string, column: number) =>
    column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0);
  return [title, ...cells.map((row) => `  ${row.map(pad).join('  ')}`)].join('\n');
}

function formatTarget(target: Target): string {
  const { name, value, max, unit } = target;
  return `${isMet(target) ? 'reached' : 'MISSED '}  ${name}: ${formatCell(value)}${unit} (at most ${max}${unit})`;
}

function formatCell(value: string | number): string {
  if (typeof value === 'string' || Number.isInteger(value)) return String(value);
  if (value === Number.POSITIVE_INFINITY) return 'never';
  return value.toFixed(Math.abs(value) < 10 ? 2 : 1);
}

export interface Scale {
  /** Runs every section as briefly as possible; the figures are meaningless. */
  readonly isSmoke: boolean;
  /** Minutes of load, for the memory section. */
  readonly minutes: number;
  /** Address of a gateway of another version, which the section of several PBXs measures too. */
  readonly beside: string | undefined;
}
