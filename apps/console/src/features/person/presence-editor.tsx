import type { EditRecord, ExtensionRow } from '@lampboard/protocol';
import { type ReactNode, useState } from 'react';
import { useT } from '../../i18n/i18n-context.tsx';
import { BackField } from './back-field.tsx';
import { CarriedOver } from './carried-over.tsx';
import { ConflictView } from './conflict-view.tsx';
import type { Said } from './said.ts';
import { lastMessages } from './edits.ts';
import { MessageChips } from './message-chips.tsx';
import { MessageField } from './message-field.tsx';
import { SaveBar } from './save-bar.tsx';
import { hindranceWords, saveWords } from './save-words.ts';
import { SetBy } from './set-by.tsx';
import { StatePicker } from './state-picker.tsx';
import { SubtypeField } from './subtype-field.tsx';
import { useEditor } from './use-editor.ts';
import { Templates } from './templates.tsx';
import { useLastUsed } from './use-last-used.ts';
import './presence-editor.css';

interface PresenceEditorProps {
  row: ExtensionRow;
  /** What Asterisk holds. */
  now: Said;
  /** Shown above the buttons. */
  news: ReactNode;
  /** The latest edits; undefined until they are known. */
  edits: readonly EditRecord[] | undefined;
  /** A page of one's own, for a thumb: templates are open. */
  own: boolean;
}

/** Sets what the person says. Asterisk has it, or it is refused and the text stays; there is nothing in between. */
export function PresenceEditor({ row, now, news, edits, own }: PresenceEditorProps) {
  const t = useT();
  const editor = useEditor(row.id, now);
  const used = useLastUsed(now);
  const { form, theirs, refusal, change, unread } = editor;
  const [unsaved, setUnsaved] = useState<string | null>(null);

  return (
    <form
      className="presence-editor"
      aria-label={t('editor.editor')}
      aria-busy={editor.saving || undefined}
      onSubmit={(event) => {
        event.preventDefault();
        editor.save();
        if (editor.hindrance?.kind !== 'no-time') return;
        setUnsaved(unread);
        event.currentTarget.querySelector('[name="back"]')?.scrollIntoView({ block: 'nearest' });
      }}
    >
      <StatePicker row={row} value={form.state} onPick={(state) => change({ state })}>
        <Templates form={form} own={own} onApply={change} />
      </StatePicker>
      <SetBy row={row} />
      <CarriedOver editor={editor} now={now} />
      <SubtypeField value={form.subtype} used={used} onChange={(subtype) => change({ subtype })} />
      <div className="message-block">
        <MessageField
          form={form}
          refused={refusal?.kind === 'refused'}
          onChange={(message) => change({ message })}
        />
        {edits !== undefined && used !== undefined && (
          <MessageChips
            own={own}
            messages={lastMessages(edits, used?.own.messages ?? []).filter((text) => text !== now.message)}
            onPick={(message) => change({ message })}
          />
        )}
      </div>
      <BackField
        back={form.back}
        isThere={form.state === 'available'}
        unread={unread}
        refused={unread === unsaved}
        onChange={change}
      />
      {theirs !== null && (
        <ConflictView
          theirs={theirs}
          by={theirs === now ? row.presenceBy : null}
          mine={form}
          hindrance={hindranceWords(t, refusal, form)}
          onKeepTheirs={editor.revert}
          onUseMine={editor.useMine}
        />
      )}
      <SaveBar editor={editor} words={saveWords(t, editor)} news={news} />
    </form>
  );
}
