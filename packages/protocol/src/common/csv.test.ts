import { expect, it } from 'vitest';
import { formatCsvLine } from './csv.ts';

it('[IV10] a line is text for spreadsheets, whatever is typed', () => {
  expect(formatCsvLine(['Okafor, Josh', 'says "hi"', 'two\nlines', 'plain'])).toBe(
    '"Okafor, Josh","says ""hi""","two\nlines",plain\r\n',
  );
  for (const start of ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'])
    expect(
      formatCsvLine([`${start}HYPERLINK(0)`])
        .replace('"', '')
        .startsWith("'"),
    ).toBe(true);
});
