import { type Presence, type SetPresenceReply, isSettableState } from '@lampboard/protocol';
import type { Translate } from '../../i18n/translate.ts';
import { editFailureMessage, presenceFailureMessage } from '../../entities/presence/error-messages.ts';
import type { SaveBlocker } from '../../entities/presence-draft/draft.ts';
import { Check, RotateCcw } from 'lucide-react';
import { type ReactNode, useId } from 'react';
import { useT } from '../../i18n/i18n-context.tsx';
import { Alert } from '../../ui/alert.tsx';
import { Button } from '../../ui/button.tsx';
import { FieldNote } from '../../ui/form/field.tsx';
import { SHORTCUTS, ariaKeyShortcuts, keyLabels } from '../../keyboard/shortcuts.ts';
import type { Editor } from './use-editor.ts';
import './presence-editor.css';

interface SaveBarProps {
  editor: Editor;
  messages: SaveMessages;
  statusMessage: ReactNode;
}

export function SaveBar({ editor, messages, statusMessage }: SaveBarProps) {
  const t = useT();
  const noteId = useId();
  const { dirty, saving, lastAction, blocker } = editor;
  // `not_set` cannot be written.
  const canUndo =
    lastAction !== undefined && (lastAction.kind === 'reverted' || isSettableState(lastAction.before.state));

  return (
    <div className="save-bar">
      {statusMessage}
      {messages.alert !== null && <Alert>{messages.alert}</Alert>}
      <div className="button-row save-buttons">
        <Button
          type="submit"
          variant="primary"
          aria-disabled={blocker !== null || undefined}
          aria-describedby={messages.note === null ? undefined : noteId}
          aria-keyshortcuts={ariaKeyShortcuts(SHORTCUTS.person.save)}
        >
          {saving ? t('editor.saving') : t('ui.save')}
        </Button>
        <Button
          aria-disabled={!dirty || saving || undefined}
          onClick={() => {
            if (dirty && !saving) editor.revert();
          }}
        >
          {t('editor.discard')}
        </Button>
        <output className="save-status">
          {lastAction !== undefined && lastAction.kind !== 'earlier' && (
            <>
              {lastAction.kind === 'saved' ? (
                <Check size={15} aria-hidden="true" />
              ) : (
                <RotateCcw size={14} aria-hidden="true" />
              )}
              {t(`editor.done.${lastAction.kind}`)}
            </>
          )}
          {saving && <span className="visually-hidden">{t('editor.saving-status')}</span>}
        </output>
        {canUndo && (
          <Button variant="ghost" onClick={editor.undo}>
            {t(`editor.undo.${lastAction.kind}`)}
          </Button>
        )}
        {lastAction === undefined && (
          <span className="kbd-group save-keys" aria-hidden="true">
            {keyLabels(SHORTCUTS.person.save[0], t).map((cap) => (
              <kbd key={cap}>{cap}</kbd>
            ))}
          </span>
        )}
      </div>
      {messages.note !== null && <FieldNote id={noteId}>{messages.note}</FieldNote>}
    </div>
  );
}

/** Returns why a form cannot be saved; null if it can, or if that is obvious. */
export function blockerMessage(t: Translate, blocker: SaveBlocker | null, form: Presence): string | null {
  switch (blocker?.kind) {
    case undefined:
    case 'unchanged':
    case 'saving':
      return null;
    case 'conflict':
      return t('editor.choose-version-first');
    case 'invalid-return-time':
      return t('editor.correct-time-first');
    case 'no-state':
      return t('editor.choose-presence-first');
    case 'invalid':
      return presenceFailureMessage(t, blocker.failure, form);
  }
}

interface SaveMessages {
  /** A failure, or an invalid input. */
  readonly alert: string | null;
  /** A step before saving. */
  readonly note: string | null;
}

interface SaveState {
  blocker: SaveBlocker | null;
  failure: Extract<SetPresenceReply, { ok: false }> | null;
  form: Presence;
  live: boolean;
  pbx: string | null;
}

export function saveMessages(t: Translate, { blocker, failure, form, live, pbx }: SaveState): SaveMessages {
  const message = blockerMessage(t, blocker, form);
  // After a reconnect, the link failure is no alert any more.
  if (live && failure?.code === 'link-down') return { alert: null, note: message ?? t('editor.live-again') };
  const isInvalid = blocker?.kind === 'invalid';
  const note = isInvalid ? null : message;
  if (failure !== null) return { alert: editFailureMessage(t, failure, pbx), note };
  const outage = live || pbx === null ? null : t('editor.pbx-not-live', { pbx });
  return { alert: isInvalid ? message : null, note: note ?? outage };
}
