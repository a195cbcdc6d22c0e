import { isSettableState } from '@lampboard/protocol';
import { Check, RotateCcw } from 'lucide-react';
import { type ReactNode, useId } from 'react';
import { useT } from '../../i18n/i18n-context.tsx';
import { Alert } from '../../ui/alert.tsx';
import { Button } from '../../ui/button.tsx';
import { FieldNote } from '../../ui/field.tsx';
import { KEYS, ariaKeys, capsOf } from '../../ui/keys.ts';
import type { SaveWords } from './save-words.ts';
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
  const t = useT();
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
          aria-keyshortcuts={ariaKeys(KEYS.person.save)}
        >
          {saving ? t('editor.saving') : t('editor.save')}
        </Button>
        <Button
          aria-disabled={!dirty || saving || undefined}
          onClick={() => {
            if (dirty && !saving) editor.revert();
          }}
        >
          {t('editor.revert')}
        </Button>
        <output className="save-news">
          {done !== undefined && done.kind !== 'earlier' && (
            <>
              {done.kind === 'saved' ? (
                <Check size={15} aria-hidden="true" />
              ) : (
                <RotateCcw size={14} aria-hidden="true" />
              )}
              {t(`editor.done.${done.kind}`)}
            </>
          )}
          {saving && <span className="unseen">{t('editor.saving-now')}</span>}
        </output>
        {canTakeBack && (
          <Button look="quiet" onClick={editor.takeBack}>
            {t(`editor.take-back.${done.kind}`)}
          </Button>
        )}
        {done === undefined && (
          <span className="save-keys" aria-hidden="true">
            {capsOf(KEYS.person.save[0], t).map((cap) => (
              <kbd key={cap}>{cap}</kbd>
            ))}
          </span>
        )}
      </div>
      {words.note !== null && <FieldNote id={noteId}>{words.note}</FieldNote>}
    </div>
  );
}
