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
import { failureMessage } from '../../i18n/failure-message.ts';
import { useDisplayName } from '../../entities/extension/use-display-name.ts';
import { useT } from '../../i18n/i18n-context.tsx';
import { useClock, useLive } from '../../data/socket/live-context.tsx';
import { isLive } from '../../data/socket/connection-state.ts';
import { presenceFailureMessage, readOnlyMessage } from '../../entities/presence/error-messages.ts';
import { truncate } from './truncate.ts';
import type { PaletteOption } from './palette-option.ts';
import type { PresenceCommand } from './parser/parse-presence-command.ts';

export type SetPresenceOption = Extract<PaletteOption, { kind: 'set' }>;

/** What a line sets at `now`, in milliseconds since 1970: where it says no text, the person's own stays as it would with the state alone. */
function resolveTarget(
  parsedCommand: PresenceCommand,
  extension: Extension,
  now: number,
  keepText: boolean,
): PresenceValue {
  const { state, subtype, message, returnTime } = parsedCommand;
  if (parsedCommand.hasText || extension.presence === null) return { state, subtype, message, returnTime };
  const before = { ...extension.presence, returnTime: extension.returnTime };
  const stateDefaults = reusablePresence(withState(state, before), now);
  const text = keepText ? before : stateDefaults;
  return {
    state,
    subtype: text.subtype,
    message: text.message,
    returnTime: returnTime ?? stateDefaults.returnTime,
  };
}

/** Whether both set the same person to the same; the list is made anew now and then. */
export function sameOption(a: SetPresenceOption, b: SetPresenceOption): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

export interface PresenceCommandControl {
  /** What is on its way. */
  readonly pending: SetPresenceOption | null;
  /** The one that was refused, and why. */
  readonly failed: { readonly option: SetPresenceOption; readonly reason: string } | null;
  /** Does nothing while one is on its way, and where it is plain that it would be refused. */
  send: (option: SetPresenceOption) => void;
  /** What is to be set in place of what the row says. */
  targetOf: (option: SetPresenceOption, extension: Extension) => PresenceValue;
  /** The text of this person stays, also with Available, where the line says none. */
  keepText: (id: string) => void;
  /** Why it would be refused, told before it is asked for; null where nothing is known against it. */
  blockerOf: (option: SetPresenceOption, extension: Extension, live: boolean) => string | null;
}

/** Sets what a line wants, once. */
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
  const { store } = useLive();
  const clock = useClock();
  const serverNow = () => clock.now() + store.getState().clockOffset;
  const [keepTextFor, setKeepTextFor] = useState<string | null>(null);
  const [pending, setPending] = useState<SetPresenceOption | null>(null);
  const [failed, setFailed] = useState<PresenceCommandControl['failed']>(null);
  const busy = useRef(false);

  const targetOf: PresenceCommandControl['targetOf'] = ({ id, parsedCommand }, extension) =>
    resolveTarget(parsedCommand, extension, serverNow(), keepTextFor === id);
  const blockerOf: PresenceCommandControl['blockerOf'] = (option, extension, live) => {
    const { id, parsedCommand } = option;
    const allowed = me !== null && isAllowed(me, 'set-presence', { id, presence: NOT_SET, base: NOT_SET });
    if (!allowed || !isWritableProvider(extension.provider))
      return readOnlyMessage(t, me, extension, nameOf(id));
    if (parsedCommand.invalidTime !== null)
      return t('palette.no-time', { text: truncate(parsedCommand.invalidTime) });
    const { returnTime: _, ...presence } = targetOf(option, extension);
    const checked = validatePresence(presence);
    if (!checked.ok) return presenceFailureMessage(t, checked, presence);
    return live ? null : t('palette.not-live');
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
    else setFailed({ option, reason: failureMessage(t, reply) });
  };

  return {
    pending,
    failed,
    targetOf,
    keepText: setKeepTextFor,
    blockerOf,
    send: (option) => {
      const state = store.getState();
      const extension = state.board?.extensions.get(option.id);
      if (busy.current || extension === undefined || blockerOf(option, extension, isLive(state)) !== null)
        return;
      void execute(option, extension);
    },
  };
}
