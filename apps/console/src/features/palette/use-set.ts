import { type Said, saidAgain, withState } from '@lampboard/board';
import {
  type Back,
  type ExtensionRow,
  NOT_SET,
  type Presence,
  type SetPresenceReply,
  checkPresence,
  isWritableProvider,
  may,
} from '@lampboard/protocol';
import { useRef, useState } from 'react';
import { useMe } from '../../api/api-context.tsx';
import { failureWords } from '../../i18n/failure-words.ts';
import { useNameOf } from '../../extension/use-name-of.ts';
import { useT } from '../../i18n/i18n-context.tsx';
import { useClock, useLive } from '../../live/live-context.tsx';
import { isLive } from '../../live/live-state.ts';
import { refusedPresenceWords, whyNotSettable } from '../../ui/refusal-words.ts';
import { echo } from './echo.ts';
import type { PaletteOption } from './option.ts';
import type { QuickLine } from './quick-line.ts';

export type SetOption = Extract<PaletteOption, { kind: 'set' }>;

/** What a line sets at `now`, in milliseconds since 1970: where it says no text, the person's own stays as it would with the state alone. */
function wantedBy(line: QuickLine, row: ExtensionRow, now: number, keepsText: boolean): Said {
  const { state, subtype, message, back } = line;
  if (line.saysText || row.presence === null) return { state, subtype, message, back };
  const before = { ...row.presence, back: row.back };
  const left = saidAgain(withState(state, before), now);
  const text = keepsText ? before : left;
  return { state, subtype: text.subtype, message: text.message, back: back ?? left.back };
}

/** Whether both set the same person to the same; the list is made anew now and then. */
export function sameSetting(a: SetOption, b: SetOption): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

export interface Setting {
  /** What is on its way. */
  readonly sent: SetOption | null;
  /** The one that was refused, and why. */
  readonly refused: { readonly option: SetOption; readonly why: string } | null;
  /** Does nothing while one is on its way, and where it is plain that it would be refused. */
  send: (option: SetOption) => void;
  /** What is to be set in place of what the row says. */
  wanted: (option: SetOption, row: ExtensionRow) => Said;
  /** The text of this person stays, also with Available, where the line says none. */
  keepText: (id: string) => void;
  /** Why it would be refused, told before it is asked for; null where nothing is known against it. */
  hindrance: (option: SetOption, row: ExtensionRow, live: boolean) => string | null;
}

/** Sets what a line wants, once. */
export function useSet({
  onSet,
  onDone,
}: {
  onSet: (id: string, presence: Presence, back: Back | null) => Promise<SetPresenceReply>;
  onDone: () => void;
}): Setting {
  const t = useT();
  const me = useMe();
  const nameOf = useNameOf();
  const { store } = useLive();
  const clock = useClock();
  const time = () => clock.now() + store.getState().clockOffset;
  const [keptFor, setKeptFor] = useState<string | null>(null);
  const [sent, setSent] = useState<SetOption | null>(null);
  const [refused, setRefused] = useState<Setting['refused']>(null);
  const busy = useRef(false);

  const wanted: Setting['wanted'] = ({ id, line }, row) => wantedBy(line, row, time(), keptFor === id);
  const hindrance: Setting['hindrance'] = (option, row, live) => {
    const { id, line } = option;
    const allowed = me !== null && may(me, 'set-presence', { id, presence: NOT_SET, base: NOT_SET });
    if (!allowed || !isWritableProvider(row.provider)) return whyNotSettable(t, me, row, nameOf(id));
    if (line.unread !== null) return t('palette.no-time', { text: echo(line.unread) });
    const { back: _, ...presence } = wanted(option, row);
    const checked = checkPresence(presence);
    if (!checked.ok) return refusedPresenceWords(t, checked, presence);
    return live ? null : t('palette.not-live');
  };
  const set = async (option: SetOption, row: ExtensionRow) => {
    busy.current = true;
    setSent(option);
    setRefused(null);
    const { back, ...presence } = wanted(option, row);
    const reply = await onSet(option.id, presence, back);
    busy.current = false;
    setSent(null);
    if (reply.ok) onDone();
    else setRefused({ option, why: failureWords(t, reply) });
  };

  return {
    sent,
    refused,
    wanted,
    keepText: setKeptFor,
    hindrance,
    send: (option) => {
      const state = store.getState();
      const row = state.board?.rows.get(option.id);
      if (busy.current || row === undefined || hindrance(option, row, isLive(state)) !== null) return;
      void set(option, row);
    },
  };
}
