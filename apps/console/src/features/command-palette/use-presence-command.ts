import { type PresenceValue, reusablePresence, withState } from '../../entities/presence/presence-value.ts';
import {
  type ReturnTime,
  type Extension,
  NOT_SET,
  type Presence,
  type SetPresenceReply,
  validatePresence,
  isWritableProvider,
  isAllowed,
} from '@lampboard/protocol';
import { useRef, useState } from 'react';
import { useMe } from '../../data/http/api-context.tsx';
import { useDisplayName } from '../../entities/extension/use-display-name.ts';
import { useT } from '../../i18n/i18n-context.tsx';
import { useClock, useLive, usePbxNameOf } from '../../data/socket/live-context.tsx';
import { isLive } from '../../data/socket/connection-state.ts';
import {
  editFailureMessage,
  presenceFailureMessage,
  readOnlyMessage,
} from '../../entities/presence/error-messages.ts';
import { truncate } from './truncate.ts';
import type { PaletteOption } from './palette-option.ts';
import type { PresenceCommand } from './parser/parse-presence-command.ts';

export type SetPresenceOption = Extract<PaletteOption, { kind: 'set' }>;

/** Resolves what a line sets at `now`: without a text, the current one is carried over as in the editor. */
function resolveTarget(
  parsedCommand: PresenceCommand,
  extension: Extension,
  now: number,
  carryText: boolean,
): PresenceValue {
  const { state, subtype, message, returnTime } = parsedCommand;
  if (parsedCommand.hasText || extension.presence === null) return { state, subtype, message, returnTime };
  const before = { ...extension.presence, returnTime: extension.returnTime };
  const stateDefaults = reusablePresence(withState(state, before), now);
  const text = carryText ? before : stateDefaults;
  return {
    state,
    subtype: text.subtype,
    message: text.message,
    returnTime: returnTime ?? stateDefaults.returnTime,
  };
}

export interface PresenceCommandControl {
  readonly pending: SetPresenceOption | null;
  readonly failed: { readonly option: SetPresenceOption; readonly reason: string } | null;
  /** Ignored while one is pending, or while it is blocked. */
  send: (option: SetPresenceOption) => void;
  targetOf: (option: SetPresenceOption, extension: Extension) => PresenceValue;
  /** Carries the person's text over even to Available. */
  carryText: (id: string) => void;
  /** Returns why sending would fail; null if nothing is known to prevent it. */
  blockerOf: (option: SetPresenceOption, extension: Extension, live: boolean) => string | null;
}

export function usePresenceCommand({
  onSet,
  onDone,
}: {
  onSet: (id: string, presence: Presence, returnTime: ReturnTime | null) => Promise<SetPresenceReply>;
  onDone: () => void;
}): PresenceCommandControl {
  const t = useT();
  const me = useMe();
  const nameOf = useDisplayName();
  const pbxNameOf = usePbxNameOf();
  const { store } = useLive();
  const clock = useClock();
  const serverNow = () => clock.now() + store.getState().clockOffset;
  const [carryTextFor, setCarryTextFor] = useState<string | null>(null);
  const [pending, setPending] = useState<SetPresenceOption | null>(null);
  const [failed, setFailed] = useState<PresenceCommandControl['failed']>(null);
  const busy = useRef(false);

  const targetOf: PresenceCommandControl['targetOf'] = ({ id, parsedCommand }, extension) =>
    resolveTarget(parsedCommand, extension, serverNow(), carryTextFor === id);
  const blockerOf: PresenceCommandControl['blockerOf'] = (option, extension, live) => {
    const { id, parsedCommand } = option;
    const allowed = me !== null && isAllowed(me, 'set-presence', { id, presence: NOT_SET, base: NOT_SET });
    if (!allowed || !isWritableProvider(extension.provider))
      return readOnlyMessage(t, me, extension, nameOf(id));
    if (parsedCommand.invalidTime !== null)
      return t('palette.invalid-time', { text: truncate(parsedCommand.invalidTime) });
    const { returnTime: _, ...presence } = targetOf(option, extension);
    const checked = validatePresence(presence);
    if (!checked.ok) return presenceFailureMessage(t, checked, presence);
    const pbx = pbxNameOf(id);
    if (live) return null;
    return pbx === null ? t('palette.not-live') : t('palette.pbx-not-live', { pbx });
  };
  const execute = async (option: SetPresenceOption, extension: Extension) => {
    busy.current = true;
    setPending(option);
    setFailed(null);
    const { returnTime, ...presence } = targetOf(option, extension);
    const reply = await onSet(option.id, presence, returnTime);
    busy.current = false;
    setPending(null);
    if (reply.ok) onDone();
    else setFailed({ option, reason: editFailureMessage(t, reply, pbxNameOf(option.id)) });
  };

  return {
    pending,
    failed,
    targetOf,
    carryText: setCarryTextFor,
    blockerOf,
    send: (option) => {
      const state = store.getState();
      const extension = state.board?.extensions.get(option.id);
      if (
        busy.current ||
        extension === undefined ||
        blockerOf(option, extension, isLive(state, option.id)) !== null
      )
        return;
      void execute(option, extension);
    },
  };
}
