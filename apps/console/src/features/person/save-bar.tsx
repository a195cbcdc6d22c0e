import { isSettableState } from '@lampboard/protocol';
import { Check, RotateCcw } from 'lucide-react';
import { type ReactNode, useId } from 'react';
import { Alert } from '../../ui/alert.tsx';
import { Button } from '../../ui/button.tsx';
import { FieldNote } from '../../ui/field.tsx';
import { DONE_WORDS, type SaveWords } from './save-words.ts';
import type { Editor } from './use-editor.ts';
import './save-bar.css';

interface SaveBarProps {
  editor: Editor;
  words: SaveWords;
  /** What else is to be seen whatever is scrolled out of view. */
  news: ReactNode;
}

/** Save and revert, and what became of the last save. */
export function SaveBar({ editor, words, news }: SaveBarProps) {
  const noteId = useId();
  const { dirty, saving, done, hindrance } = editor;
  // A presence that was never set cannot be set so again.
  const canTakeBack = done !== undefined && (done.kind === 'reverted' || isSettableState(done.before.state));

  return (
    <div className="save-bar">
      {news}
      {words.alert !== null && <Alert>{words.alert}</Alert>}
      <div className="save-buttons">
        <Button
          type="submit"
          look="strong"
          aria-disabled={hindrance !== null || undefined}
          aria-describedby={words.note === null ? undefined : noteId}
          aria-keyshortcuts="Control+Enter Meta+Enter"
        >
          {saving ? 'Saving…' : 'Save'}
        </Button>
        <Button
          aria-disabled={!dirty || saving || undefined}
          onClick={() => {
            if (dirty && !saving) editor.revert();
          }}
        >
          Revert
        </Button>
        <output className="save-news">
          {done !== undefined && done.kind !== 'earlier' && (
            <>
              {done.kind === 'saved' ? (
                <Check size={15} aria-hidden="true" />
              ) : (
                <RotateCcw size={14} aria-hidden="true" />
              )}
              {DONE_WORDS[done.kind].did}
            </>
          )}
          {saving && <span className="unseen">Saving</span>}
        </output>
        {canTakeBack && (
          <Button look="quiet" onClick={editor.takeBack}>
            {DONE_WORDS[done.kind].back}
          </Button>
        )}
        {done === undefined && (
          <span className="save-keys" aria-hidden="true">
            <kbd>Ctrl</kbd> <kbd>↵</kbd>
          </span>
        )}
      </div>
      {words.note !== null && <FieldNote id={noteId}>{words.note}</FieldNote>}
    </div>
  );
}
