import { type ExtensionRow, isWritableProvider } from '@lampboard/protocol';
import { type ReactNode, useMemo } from 'react';
import { failureWords } from '../../i18n/failure-words.ts';
import { useT } from '../../i18n/i18n-context.tsx';
import { EditList } from './edit-list.tsx';
import { LampCard } from './lamp-card.tsx';
import { PresenceEditor } from './presence-editor.tsx';
import { ReadOnly } from './read-only.tsx';
import { saidOf } from './said.ts';
import { useEdits } from './use-edits.ts';
import { useRights } from './use-rights.ts';

interface PersonBodyProps {
  row: ExtensionRow;
  /** Always in view, such as that the board is not live. */
  news: ReactNode;
  /** A page of one's own shows nothing but what sets the presence. */
  own?: boolean;
  /** Under the telephone. */
  sense?: ReactNode;
  /** Under the editor. */
  history?: ReactNode;
}

/** What the telephone does, what the person says, the editor for that, and who set what before. */
export function PersonBody({ row, news, own = false, sense, history }: PersonBodyProps) {
  const t = useT();
  const { id, presence, back } = row;
  const now = useMemo(() => saidOf({ presence, back }), [presence, back]);
  const rights = useRights(id);
  const { edits, failure } = useEdits(id, now, rights.edits);
  const editable = now !== null && isWritableProvider(row.provider) && rights.set;

  return (
    <>
      <LampCard row={row} />
      {sense}
      {editable ? (
        <PresenceEditor key={id} row={row} now={now} news={news} edits={edits} own={own} />
      ) : (
        <>
          <ReadOnly row={row} />
          {news}
        </>
      )}
      {history}
      {edits !== undefined && !own && <EditList edits={edits} />}
      {failure !== null && !own && (
        <p className="field-note">{t('edits.failed', { why: failureWords(t, failure) })}</p>
      )}
    </>
  );
}
