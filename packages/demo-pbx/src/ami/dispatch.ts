import type { Action, SessionControl } from './action.ts';
import { errorResponse, formatResponse } from './blocks.ts';
import { coreActions } from './core-actions.ts';
import { listActions } from './list-actions.ts';
import { sessionActions } from './session-actions.ts';
import { stateActions } from './state-actions.ts';
import type { AmiMessage } from './message-parser.ts';

const listCommands: Action = {
  name: 'ListCommands',
  synopsis: 'List available manager commands.',
  classes: [],
  run(session, message) {
    const sorted = [...actions.values()].toSorted((a, b) => a.name.localeCompare(b.name));
    const headers = sorted.map(({ name, synopsis, classes }) => {
      const required = classes.length === 0 ? '<none>' : `${classes.join(',')},all`;
      return [name, `${synopsis}  (Priv: ${required})`];
    });
    session.send(formatResponse(message, Object.fromEntries(headers)));
  },
};

/** By lower-case name. */
const actions: ReadonlyMap<string, Action> = new Map(
  [...sessionActions, ...stateActions, ...listActions, ...coreActions, listCommands].map((action) => [
    action.name.toLowerCase(),
    action,
  ]),
);

const ALLOWED_BEFORE_LOGIN = new Set(['login', 'logoff', 'challenge']);

/** Runs one action after checking that it exists and is allowed. */
export function dispatch(session: SessionControl, message: AmiMessage): void {
  const sendError = (text: string): void => session.send(errorResponse(message, text));
  const name = message.action();
  const login = session.login();
  if (name === '') return sendError('Missing action in request');
  if (!login && !ALLOWED_BEFORE_LOGIN.has(name.toLowerCase())) return sendError('Permission denied');
  const action = actions.get(name.toLowerCase());
  if (!action || (action.requiresFullBoot && session.pbx.stage() !== 'up')) {
    return sendError(
      `Invalid/unknown command: ${name}. Use Action: ListCommands to show available commands.`,
    );
  }
  if (action.classes.length > 0 && !action.classes.some((kind) => login?.write.has(kind)))
    return sendError('Permission denied');
  action.run(session, message);
}
