import { type Header, formatBlock } from './event.ts';
import type { AmiMessage } from './message-parser.ts';

/** The `ActionID` line that answers a message, if it had one. */
export function actionIdHeaders(message: AmiMessage): readonly Header[] {
  const id = message.header('ActionID');
  return id === '' ? [] : [['ActionID', id]];
}

/** The answer to a message. */
export function formatResponse(
  message: AmiMessage,
  response: 'Success' | 'Error' | 'Goodbye',
  headers: readonly Header[],
): string {
  return formatBlock([['Response', response], ...actionIdHeaders(message), ...headers]);
}
