import type { Failure } from '@lampboard/protocol';
import { useDisplayName } from '../extension/use-display-name.ts';
import { useFormats } from '../../i18n/formats.ts';
import { useT } from '../../i18n/i18n-context.tsx';
import { useLive, usePbxNameOf, useServerClock } from '../../data/socket/live-context.tsx';
import { useToasts } from '../../ui/toaster.tsx';
import { useDrafts } from './drafts-context.tsx';
import { editFailureMessage } from '../presence/error-messages.ts';
import { type PresenceValue, currentValueOf } from '../presence/presence-value.ts';
import { useSendDraft } from './use-save.ts';

export const SAVE_IN_PROGRESS: Failure = {
  ok: false,
  code: 'too-many',
  message: 'The previous change is still being saved. Nothing was sent; try again in a moment.',
};

/** Toasts for the outcome of changes made outside the editor; `onOpen` opens the person. */
export function useOutcomeToasts(onOpen?: (id: string) => void) {
  const t = useT();
  const { returnTime: formatReturnTime } = useFormats();
  const { store } = useLive();
  const drafts = useDrafts();
  const toasts = useToasts();
  const nameOf = useDisplayName();
  const pbxNameOf = usePbxNameOf();
  const send = useSendDraft();
  const serverNow = useServerClock();

  /** Null where the extension is not on the board. */
  const currentValue = (id: string) => currentValueOf(store.getState(), id);

  /** Shows a failure, with an action that opens the editor. */
  const showFailure = (id: string, failure: Parameters<typeof editFailureMessage>[1]) =>
    toasts.show({
      text: t('toast.failed', { name: nameOf(id), reason: editFailureMessage(t, failure, pbxNameOf(id)) }),
      tone: 'error',
      key: id,
      action: onOpen && { label: t('toast.open'), run: () => onOpen(id) },
    });

  /** Shows why a change cannot be undone or redone. */
  const showNotUndoable = (id: string, reason: 'undo.too-late' | 'undo.never-set') =>
    toasts.show({ text: t(reason, { name: nameOf(id) }), tone: 'error', key: id });

  /** Shows the new value, with Undo. */
  const showSuccess = (id: string, { state, returnTime }: PresenceValue) => {
    const name = nameOf(id);
    const lastAction = drafts.store.getState().lastActions.get(id);
    const values = { name, state: t(`presence.${state}`) };
    const text =
      returnTime === null
        ? t('toast.done', values)
        : t('toast.done-and-back', { ...values, time: formatReturnTime(returnTime.at, serverNow()) });
    const action = lastAction && {
      label: t(`editor.undo.${lastAction.kind}`),
      run: () => {
        if (drafts.store.getState().lastActions.get(id) === lastAction) void undo(id);
        else showNotUndoable(id, 'undo.too-late');
      },
    };
    toasts.show({ text, tone: 'success', key: id, action });
  };

  const undo = async (id: string) => {
    const current = currentValue(id);
    const draft = current === null ? undefined : drafts.undo(id, current, serverNow());
    const reply = await send(id, draft);
    if (reply?.ok === false) showFailure(id, reply);
    else if (draft?.inFlight) showSuccess(id, draft.inFlight.value);
  };

  return { currentValueOf: currentValue, showSuccess, showFailure, showNotUndoable };
}
