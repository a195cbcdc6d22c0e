import { MAX_IMPORT_LENGTH } from '@lampboard/protocol';
import { FileUp, FolderOpen } from 'lucide-react';
import { useState } from 'react';
import { useT } from '../../i18n/i18n-context.tsx';
import { Alert } from '../../ui/alert.tsx';
import { FileButton, FileDrop } from '../../ui/form/file-drop.tsx';

/** Table to import. */
export interface ImportSource {
  readonly text: string;
  /** Null for pasted text. */
  readonly fileName: string | null;
  readonly isGuessed: boolean;
}

/** A place to drop or choose a file with a table. */
export function ChooseTable({ onChoose }: { onChoose: (source: ImportSource) => void }) {
  const t = useT();
  const [problem, setProblem] = useState<'too-large' | 'no-text' | null>(null);
  const read = async (file: File) => {
    const table = await readTable(file);
    setProblem(table.ok ? null : table.problem);
    if (table.ok) onChoose({ text: table.text, fileName: file.name, isGuessed: table.isGuessed });
  };
  return (
    <>
      <FileDrop className="import-drop" label={t('import.file')} onFile={(file) => void read(file)}>
        <FileUp size={24} aria-hidden="true" />
        <p>{t('import.drop')}</p>
        <FileButton
          Icon={FolderOpen}
          label={t('import.choose')}
          accept=".csv,.tsv,.txt,text/csv,text/plain,text/tab-separated-values"
          onFile={(file) => void read(file)}
        />
      </FileDrop>
      {problem !== null && <Alert>{t(`import.${problem}`)}</Alert>}
    </>
  );
}

type TableText =
  | {
      readonly ok: true;
      readonly text: string;
      /** True where the bytes are no Unicode, and were taken for those of an older spreadsheet. */
      readonly isGuessed: boolean;
    }
  | { readonly ok: false; readonly problem: 'too-large' | 'no-text' };

/** Reads a file as spreadsheets and databases write it: UTF-8, UTF-16 with a byte order mark, else Windows-1252. */
export async function readTable(file: Blob): Promise<TableText> {
  // Each character has at most four bytes.
  if (file.size > MAX_IMPORT_LENGTH * 4) return { ok: false, problem: 'too-large' };
  const bytes = new Uint8Array(await file.arrayBuffer());
  const text = decodeUnicode(bytes);
  if (text === null && bytes.includes(0)) return { ok: false, problem: 'no-text' };
  const decoded = text ?? new TextDecoder('windows-1252').decode(bytes);
  return decoded.length > MAX_IMPORT_LENGTH
    ? { ok: false, problem: 'too-large' }
    : { ok: true, text: decoded, isGuessed: text === null };
}

function decodeUnicode(bytes: Uint8Array): string | null {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  // A workbook is no text, but may happen to be UTF-8.
  if (bytes.includes(0)) return null;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}
