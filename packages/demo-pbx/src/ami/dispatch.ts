import { actions } from './actions.ts';
import { answer } from './answer.ts';
import type { AmiMessage } from './framing.ts';
import type { SessionControl } from './session-control.ts';

const BEFORE_LOGIN = new Set(['login', 'logoff', 'challenge']);

/** Answers one action: who may, what there is, and what it does. */
export function dispatch(session: SessionControl, message: AmiMessage): void {
  const refuse = (text: string): void => session.send(answer(message, 'Error', [['Message', text]]));
  const name = message.action();
  const login = session.login();
  if (name === '') return refuse('Missing action in request');
  if (!login && !BEFORE_LOGIN.has(name.toLowerCase())) return refuse('Permission denied');
  const action = actions.get(name.toLowerCase());
  const known = action && (session.pbx.stage() === 'up' || !action.late) ? action : undefined;
  if (!known) {
    return refuse(`Invalid/unknown command: ${name}. Use Action: ListCommands to show available commands.`);
  }
  if (known.classes.length > 0 && !known.classes.some((kind) => login?.write.has(kind))) {
    return refuse('Permission denied');
  }
  known.run(session, message);
}
