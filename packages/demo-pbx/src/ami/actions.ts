import type { Action } from './action.ts';
import { answer } from './answer.ts';
import type { Header } from './event.ts';
import { coreActions } from './core-actions.ts';
import { listActions } from './list-actions.ts';
import { sessionActions } from './session-actions.ts';
import { stateActions } from './state-actions.ts';

const listCommands: Action = {
  name: 'ListCommands',
  synopsis: 'List available manager commands.',
  classes: [],
  run(session, message) {
    const rows = [...actions.values()].toSorted((a, b) => a.name.localeCompare(b.name));
    const headers = rows.map(({ name, synopsis, classes }): Header => {
      const needed = classes.length === 0 ? '<none>' : `${classes.join(',')},all`;
      return [name, `${synopsis}  (Priv: ${needed})`];
    });
    session.send(answer(message, 'Success', headers));
  },
};

/** Every action this PBX knows, by its name in lower case. */
export const actions: ReadonlyMap<string, Action> = new Map(
  [...sessionActions, ...stateActions, ...listActions, ...coreActions, listCommands].map((action) => [
    action.name.toLowerCase(),
    action,
  ]),
);
