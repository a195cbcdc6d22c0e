import type { Presence, SetPresenceReply } from '@lampboard/protocol';
import { failureWords } from '../../i18n/failure-words.ts';
import type { Translate } from '../../i18n/translate.ts';
import { refusedPresenceWords } from '../../ui/refusal-words.ts';
import type { Hindrance } from './draft.ts';

/** Why a form can't be saved as it stands; null where it can, or where that is plain to see. */
export function hindranceWords(t: Translate, hindrance: Hindrance | null, form: Presence): string | null {
  switch (hindrance?.kind) {
    case undefined:
    case 'unchanged':
    case 'saving':
      return null;
    case 'conflict':
      return t('editor.pick-first');
    case 'no-time':
      return t('editor.time-first');
    case 'no-state':
      return t('editor.choose-first');
    case 'refused':
      return refusedPresenceWords(t, hindrance.failure, form);
  }
}

export interface SaveWords {
  /** What was refused, or would be. */
  readonly alert: string | null;
  /** What is still to be done before it can be saved. */
  readonly note: string | null;
}

interface Saved {
  hindrance: Hindrance | null;
  failure: Extract<SetPresenceReply, { ok: false }> | null;
  form: Presence;
  live: boolean;
}

export function saveWords(t: Translate, { hindrance, failure, form, live }: Saved): SaveWords {
  const words = hindranceWords(t, hindrance, form);
  // That there is no link is no alert any more once there is one.
  if (live && failure?.code === 'link-down') return { alert: null, note: words ?? t('editor.live-again') };
  const refused = hindrance?.kind === 'refused';
  if (failure !== null) return { alert: failureWords(t, failure), note: refused ? null : words };
  return { alert: refused ? words : null, note: refused ? null : words };
}
