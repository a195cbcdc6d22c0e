import { isSettableState } from '@lampboard/protocol';
import { Check } from 'lucide-react';
import { useId } from 'react';
import { Button } from '../../ui/button.tsx';
import { FieldNote } from '../../ui/field.tsx';
import type { SaveWords } from './save-words.ts';
import type { Editor } from './use-editor.ts';
import './save-bar.css';

/** Save and revert, and what became of the last save. */
export function SaveBar({ editor, words }: { editor: Editor; words: SaveWords }) {
  const noteId = useId();
  const { dirty, saving, saved, hindrance } = editor;

  return (
    <div className="save-bar">
      {words.alert !== null && (
        <p className="save-alert" role="alert">
          {words.alert}
        </p>
      )}
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
          {saved !== undefined && !dirty && (
            <>
              <Check size={15} aria-hidden="true" />
              Saved
            </>
          )}
          {saving && <span className="unseen">Saving</span>}
        </output>
        {saved !== undefined && !dirty && isSettableState(saved.before.state) && (
          <Button look="quiet" onClick={editor.undo}>
            Undo
          </Button>
        )}
        {saved === undefined && (
          <span className="save-keys" aria-hidden="true">
            <kbd>Ctrl</kbd> <kbd>↵</kbd>
          </span>
        )}
      </div>
      {words.note !== null && <FieldNote id={noteId}>{words.note}</FieldNote>}
    </div>
  );
}
