import type { Hint } from '../pbx/hints.ts';

/** Dialled by a phone: sets the caller's own presence from the dialplan, to `dnd, Focus, From the phone`. */
export const DND_CODE = '*30';
/** Dialled by a phone: sets the caller's own presence to `available` without subtype and message. */
export const AVAILABLE_CODE = '*31';

/** extensions.conf: the hints, the 1101–1120 that ring a phone for a minute, and the presence codes. */
export function extensionsConf(hints: readonly Hint[]): string {
  const contexts = new Set(['default', ...hints.map(({ context }) => context)]);
  const sections = [...contexts].map((context) => {
    const contextHints = hints.filter((hint) => hint.context === context);
    const lines = contextHints.map(hintLine);
    return `[${context}]\n${context === 'default' ? CALLS : ''}${lines.join('\n')}\n`;
  });
  return `[general]\nstatic=yes\nwriteprotect=yes\n\n${sections.join('\n')}`;
}

function hintLine({ exten, hint, name }: Hint): string {
  return `exten => ${exten},hint,${hint}${name === undefined ? '' : `(${name})`}`;
}

const CALLER_PRESENCE = 'PRESENCE_STATE(CustomPresence:${CALLERID(num)})';

const CALLS = `exten => _11XX,1,Dial(PJSIP/\${EXTEN},60,Tt)
 same => n,Hangup()
exten => ${DND_CODE},1,Set(${CALLER_PRESENCE}=dnd,Focus,From the phone)
 same => n,Hangup()
exten => ${AVAILABLE_CODE},1,Set(${CALLER_PRESENCE}=available)
 same => n,Hangup()
`;
