import type { AmiMessage } from './message-parser.ts';
import type { AmiClass } from './permission-classes.ts';

/** `text` is the whole block, as filtered and sent. */
export interface AmiEvent {
  readonly class: AmiClass;
  readonly text: string;
}

export type Headers = Readonly<Record<string, string>>;

/** `more`: headers of a client, whose names may repeat. */
export function formatBlock(headers: Headers, more: readonly (readonly [string, string])[] = []): string {
  let text = '';
  for (const [name, value] of [...Object.entries(headers), ...more]) text += `${name}: ${value}\r\n`;
  return `${text}\r\n`;
}

export function liveEvent(name: string, kind: AmiClass, headers: Headers): AmiEvent {
  return { class: kind, text: formatBlock({ Event: name, Privilege: `${kind},all`, ...headers }) };
}

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
