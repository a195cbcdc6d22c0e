import { type ExtensionRow, isWritableProvider } from '@lampboard/protocol';
import { type ReactNode, useMemo } from 'react';
import { failureWords } from '../../i18n/failure-words.ts';
import { useT } from '../../i18n/i18n-context.tsx';
import { EditList } from './edit-list.tsx';
import { lastMessages } from './edits.ts';
import { LampCard } from './lamp-card.tsx';
import { MessageChips } from './message-chips.tsx';
import { PresenceEditor } from './presence-editor.tsx';
import { ReadOnly } from './read-only.tsx';
import { saidOf } from './said.ts';
import { useEdits } from './use-edits.ts';
import { useRights } from './use-rights.ts';

interface PersonBodyProps {
  row: ExtensionRow;
  /** Always in view, such as that the board is not live. */
  news: ReactNode;
  /** On a page of one's own, the messages used last are one tap each. */
  own?: boolean;
}

/** What the telephone does, what the person says, the editor for that, and who set what before. */
export function PersonBody({ row, news, own = false }: PersonBodyProps) {
  const t = useT();
  const { id, presence, back } = row;
  const now = useMemo(() => saidOf({ presence, back }), [presence, back]);
  const rights = useRights(id);
  const { edits, failure } = useEdits(id, now, rights.edits);
  const editable = now !== null && isWritableProvider(row.provider) && rights.set;

  return (
    <>
      <LampCard row={row} />
      {editable ? (
        <PresenceEditor key={id} row={row} now={now} news={news}>
          {own && edits !== undefined
            ? (pick) => <MessageChips messages={lastMessages(edits)} onPick={pick} />
            : null}
        </PresenceEditor>
      ) : (
        <>
          <ReadOnly row={row} />
          {news}
        </>
      )}
      {edits !== undefined && !own && <EditList edits={edits} />}
      {failure !== null && !own && (
        <p className="field-note">{t('edits.failed', { why: failureWords(t, failure) })}</p>
      )}
    </>
  );
}
