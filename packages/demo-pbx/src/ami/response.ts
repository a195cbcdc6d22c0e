import { type Headers, formatBlock } from './event.ts';
import type { AmiMessage } from './message-parser.ts';

export function actionIdHeaders(message: AmiMessage): Headers {
  const id = message.header('ActionID');
  return id === '' ? {} : { ActionID: id };
}

export function formatResponse(
  message: AmiMessage,
  headers: Headers,
  response: 'Success' | 'Error' | 'Goodbye' = 'Success',
  more?: readonly (readonly [string, string])[],
): string {
  return formatBlock({ Response: response, ...actionIdHeaders(message), ...headers }, more);
}

export function errorResponse(message: AmiMessage, text: string): string {
  return formatResponse(message, { Message: text }, 'Error');
}
