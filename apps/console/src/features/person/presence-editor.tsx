import type { ExtensionRow } from '@lampboard/protocol';
import type { ReactNode } from 'react';
import { useT } from '../../i18n/i18n-context.tsx';
import { Button } from '../../ui/button.tsx';
import { ConflictView } from './conflict-view.tsx';
import { MessageField } from './message-field.tsx';
import type { Said } from './said.ts';
import { SaveBar } from './save-bar.tsx';
import { hindranceWords, saveWords } from './save-words.ts';
import { SetBy } from './set-by.tsx';
import { StatePicker } from './state-picker.tsx';
import { SubtypeField } from './subtype-field.tsx';
import { type Editor, useEditor } from './use-editor.ts';
import './presence-editor.css';

interface PresenceEditorProps {
  row: ExtensionRow;
  /** What Asterisk holds. */
  now: Said;
  /** Shown above the buttons. */
  news: ReactNode;
  /** What helps to fill in the message. */
  children: ((pick: (message: string) => void) => ReactNode) | null;
}

/** Sets what the person says. Asterisk has it, or it is refused and the text stays; there is nothing in between. */
export function PresenceEditor({ row, now, news, children }: PresenceEditorProps) {
  const t = useT();
  const editor = useEditor(row.id, now);
  const { form, theirs, refusal, change } = editor;

  return (
    <form
      className="presence-editor"
      aria-label={t('editor.editor')}
      aria-busy={editor.saving || undefined}
      onSubmit={(event) => {
        event.preventDefault();
        editor.save();
      }}
    >
      <StatePicker value={form.state} since={row.presenceSince} onPick={(state) => change({ state })} />
      <SetBy row={row} />
      <KeptText editor={editor} now={now} />
      <SubtypeField value={form.subtype} onChange={(subtype) => change({ subtype })} />
      <MessageField
        form={form}
        refused={refusal?.kind === 'refused'}
        onChange={(message) => change({ message })}
      />
      {children?.((message) => change({ message }))}
      {theirs !== null && (
        <ConflictView
          theirs={theirs}
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

/** Another state with the text of the old one: often meant, so it stays, and goes with one click. */
function KeptText({ editor: { form, change }, now }: { editor: Editor; now: Said }) {
  const t = useT();
  const kept =
    form.state !== now.state &&
    (form.subtype !== '' || form.message !== '') &&
    form.subtype === now.subtype &&
    form.message === now.message;
  if (!kept) return null;
  return (
    <p className="kept-text">
      {t('editor.text-stays')}
      <Button
        look="quiet"
        onClick={({ currentTarget: { form: fields } }) => {
          change({ subtype: '', message: '' });
          fields?.querySelector<HTMLElement>('[name="subtype"]')?.focus();
        }}
      >
        {t('editor.clear-text')}
      </Button>
    </p>
  );
}
