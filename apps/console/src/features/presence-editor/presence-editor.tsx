import type { RecentValues, PresenceChange, Extension } from '@lampboard/protocol';
import { useEffect, type ReactNode, useState } from 'react';
import { useMe } from '../../data/http/api-context.tsx';
import { useCommandQuery } from '../../data/http/use-command.ts';
import type { PresenceValue } from '../../entities/presence/presence-value.ts';
import { useT } from '../../i18n/i18n-context.tsx';
import { ReturnTimeField } from './return-time-field.tsx';
import { CarriedOver } from './carried-over.tsx';
import { ConflictView } from './conflict-view.tsx';
import { recentMessages } from '../../entities/presence-draft/undo-candidate.ts';
import { MessageChips, MessageField } from './message-field.tsx';
import { SaveBar, blockerMessage, saveMessages } from './save-bar.tsx';
import { SetByLine } from '../../entities/presence/set-by-line.tsx';
import { StatePicker } from './state-picker.tsx';
import { SubtypeField } from './subtype-field.tsx';
import { useEditor } from './use-editor.ts';
import { Templates } from './templates/templates.tsx';
import './presence-editor.css';

const RECORDING_DELAY_MS = 1000;

/** Recent subtypes and messages: undefined while loading, null on failure. Loaded again when `current` changes. */
function useRecentValues(current: PresenceValue): RecentValues | null | undefined {
  const me = useMe();
  const account = me?.name ?? '';
  const { reply, refresh } = useCommandQuery('list-recent-values', { account }, { enabled: me !== null });
  useEffect(() => {
    const timer = setTimeout(() => void refresh(), RECORDING_DELAY_MS);
    return () => clearTimeout(timer);
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- a new presence makes the list stale
  }, [current, refresh]);
  if (reply === undefined) return undefined;
  return reply.ok ? reply.value : null;
}

interface PresenceEditorProps {
  extension: Extension;
  current: PresenceValue;
  statusMessage: ReactNode;
  /** The latest changes; undefined while loading. */
  presenceChanges: readonly PresenceChange[] | undefined;
  /** On the user's own page: larger, with the templates open. */
  isMyStatus: boolean;
}

/** Edits the presence of an extension. Nothing is optimistic: until Asterisk confirms, the draft stays. */
export function PresenceEditor({
  extension,
  current,
  statusMessage,
  presenceChanges,
  isMyStatus,
}: PresenceEditorProps) {
  const t = useT();
  const editor = useEditor(extension.id, current);
  const recentValues = useRecentValues(current);
  const { form, remote, validationError, change, invalidTime } = editor;
  const [rejectedTime, setRejectedTime] = useState<string | null>(null);

  return (
    <form
      className="presence-editor"
      aria-label={t('editor.editor')}
      aria-busy={editor.saving || undefined}
      onSubmit={(event) => {
        event.preventDefault();
        editor.save();
        if (editor.blocker?.kind !== 'invalid-return-time') return;
        setRejectedTime(invalidTime);
        event.currentTarget.querySelector('[name="return-time"]')?.scrollIntoView({ block: 'nearest' });
      }}
    >
      <StatePicker extension={extension} value={form.state} onPick={(state) => change({ state })}>
        <Templates form={form} isMyStatus={isMyStatus} onApply={change} />
      </StatePicker>
      <SetByLine extension={extension} />
      <CarriedOver editor={editor} current={current} />
      <SubtypeField
        value={form.subtype}
        recentValues={recentValues}
        onChange={(subtype) => change({ subtype })}
      />
      <div>
        <MessageField
          form={form}
          invalid={validationError?.kind === 'invalid'}
          onChange={(message) => change({ message })}
        />
        {presenceChanges !== undefined && recentValues !== undefined && (
          <MessageChips
            isMyStatus={isMyStatus}
            messages={recentMessages(presenceChanges, recentValues?.user.messages ?? []).filter(
              (text) => text !== current.message,
            )}
            onPick={(message) => change({ message })}
          />
        )}
      </div>
      <ReturnTimeField
        returnTime={form.returnTime}
        isAvailable={form.state === 'available'}
        invalidTime={invalidTime}
        invalid={invalidTime === rejectedTime}
        onChange={change}
      />
      {remote !== null && (
        <ConflictView
          id={extension.id}
          remote={remote}
          by={remote === current ? extension.presenceSetBy : null}
          local={form}
          blocker={blockerMessage(t, validationError, form)}
          onAcceptRemote={editor.revert}
          onUseLocal={editor.overwriteRemote}
        />
      )}
      <SaveBar editor={editor} messages={saveMessages(t, editor)} statusMessage={statusMessage} />
    </form>
  );
}
