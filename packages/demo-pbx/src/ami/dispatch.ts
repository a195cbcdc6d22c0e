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
    const allowed = [...actions.values()].filter((action) => isAllowed(session, action));
    const sorted = allowed.toSorted((a, b) => a.name.localeCompare(b.name));
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

const isAllowed = (session: SessionControl, { classes }: Action): boolean =>
  classes.length === 0 || classes.some((kind) => session.login()?.write.has(kind));

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
  if (!isAllowed(session, action)) return sendError('Permission denied');
  action.run(session, message);
}
