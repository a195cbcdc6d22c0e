import { type Header, formatBlock } from './event.ts';
import type { AmiMessage } from './message-parser.ts';

export function actionIdHeaders(message: AmiMessage): readonly Header[] {
  const id = message.header('ActionID');
  return id === '' ? [] : [['ActionID', id]];
}

export function formatResponse(
  message: AmiMessage,
  response: 'Success' | 'Error' | 'Goodbye',
  headers: readonly Header[],
): string {
  return formatBlock([['Response', response], ...actionIdHeaders(message), ...headers]);
}

export function errorResponse(message: AmiMessage, text: string): string {
  return formatResponse(message, 'Error', [['Message', text]]);
}
