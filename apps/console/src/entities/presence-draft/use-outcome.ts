import type { Failure } from '@lampboard/protocol';
import { useDisplayName } from '../extension/use-display-name.ts';
import { failureMessage } from '../../i18n/failure-message.ts';
import { useFormats } from '../../i18n/formats.ts';
import { useT } from '../../i18n/i18n-context.tsx';
import { useLive, useServerClock } from '../../data/socket/live-context.tsx';
import { useToasts } from '../../ui/toaster.tsx';
import { useDrafts } from './drafts-context.tsx';
import { type PresenceValue, presenceValueOf } from '../presence/current-presence.ts';
import { useSendDraft } from './use-save.ts';

interface OutcomeToasts {
  /** What holds for an extension; null where it is not on the board. */
  readonly currentValueOf: (id: string) => PresenceValue | null;
  /** What was set, with Undo. */
  readonly showSuccess: (id: string, value: PresenceValue) => void;
  /** What was refused waits in the editor; the notice leads there. */
  readonly showFailure: (id: string, failure: Parameters<typeof failureMessage>[1]) => void;
  /** What cannot be undone or redone, and why. */
  readonly showNotUndoable: (id: string, reason: 'quick.too-late' | 'undo.never-set') => void;
}

export const SAVE_IN_PROGRESS: Failure = {
  ok: false,
  code: 'too-many',
  message: 'The change before is still on its way. Nothing was sent; try again in a moment.',
};

/** Notices of what became of a change made outside the editor; `onOpen` leads to the person. */
export function useOutcomeToasts(onOpen?: (id: string) => void): OutcomeToasts {
  const t = useT();
  const { returnTime: formatReturnTime } = useFormats();
  const { store } = useLive();
  const drafts = useDrafts();
  const toasts = useToasts();
  const nameOf = useDisplayName();
  const send = useSendDraft();
  const serverNow = useServerClock();

  const currentValueOf = (id: string) => {
    const extension = store.getState().board?.extensions.get(id);
    return extension === undefined ? null : presenceValueOf(extension);
  };

  const showFailure: OutcomeToasts['showFailure'] = (id, failure) =>
    toasts.show({
      text: t('quick.refused', { name: nameOf(id), why: failureMessage(t, failure) }),
      tone: 'error',
      key: id,
      action: onOpen && { label: t('quick.open'), run: () => onOpen(id) },
    });

  const showNotUndoable: OutcomeToasts['showNotUndoable'] = (id, reason) =>
    toasts.show({ text: t(reason, { name: nameOf(id) }), tone: 'error', key: id });

  const showSuccess = (id: string, { state, returnTime }: PresenceValue) => {
    const name = nameOf(id);
    const stateLabel = t(`presence.${state}`);
    const lastAction = drafts.store.getState().lastActions.get(id);
    const text =
      returnTime === null
        ? t('quick.done', { name, state: stateLabel })
        : t('quick.done-and-back', {
            name,
            state: stateLabel,
            time: formatReturnTime(returnTime.at, serverNow()),
          });
    const action = lastAction && {
      label: t(`editor.take-back.${lastAction.kind}`),
      run: () => {
        if (drafts.store.getState().lastActions.get(id) === lastAction) void undo(id);
        else showNotUndoable(id, 'quick.too-late');
      },
    };
    toasts.show({ text, tone: 'success', key: id, action });
  };

  const undo = async (id: string) => {
    const current = currentValueOf(id);
    const draft = current === null ? undefined : drafts.undo(id, current, serverNow());
    const reply = await send(id, draft);
    if (reply?.ok === false) showFailure(id, reply);
    else if (draft?.inFlight) showSuccess(id, draft.inFlight.value);
  };

  return { currentValueOf, showSuccess, showFailure, showNotUndoable };
}
