import { isSettableState } from '@lampboard/protocol';
import { Check } from 'lucide-react';
import { useId } from 'react';
import { Button } from '../../ui/button.tsx';
import type { Editor } from './use-editor.ts';

/** Save and revert, and what became of the last save. */
export function SaveBar({ editor, reason }: { editor: Editor; reason: string | null }) {
  const id = useId();
  const { dirty, saving, saved, failure, hindrance } = editor;
  const refusal = failure?.message ?? (hindrance?.kind === 'refused' ? hindrance.message : null);
  const told = reason !== null && hindrance?.kind !== 'refused';

  return (
    <div className="save-bar">
      {refusal !== null && (
        <p className="field-alert" role="alert">
          {refusal}
        </p>
      )}
      <div className="save-buttons">
        <Button
          type="submit"
          look="strong"
          aria-disabled={hindrance !== null || undefined}
          aria-describedby={told ? id : undefined}
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
      {told && (
        <p className="field-note" id={id}>
          {reason}
        </p>
      )}
    </div>
  );
}
