import { type Header, block } from './event.ts';
import type { AmiMessage } from './framing.ts';

/** The `ActionID` line that answers a message, if it had one. */
export function actionId(message: AmiMessage): readonly Header[] {
  const id = message.header('ActionID');
  return id === '' ? [] : [['ActionID', id]];
}

/** The answer to a message. */
export function answer(
  message: AmiMessage,
  response: 'Success' | 'Error' | 'Goodbye',
  headers: readonly Header[],
): string {
  return block([['Response', response], ...actionId(message), ...headers]);
}
