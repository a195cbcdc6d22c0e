import type { AmiClass } from './permission-classes.ts';

/** An AMI event; `text` is all of it, as filters see it and as it goes out. */
export interface AmiEvent {
  readonly class: AmiClass;
  readonly text: string;
}

export type Header = readonly [name: string, value: string];

/** Header lines and the blank line after them. */
export function formatBlock(headers: readonly Header[]): string {
  let text = '';
  for (const [name, value] of headers) text += `${name}: ${value}\r\n`;
  return `${text}\r\n`;
}

/** An event as it is sent by itself, with its `Privilege` line. */
export function liveEvent(name: string, kind: AmiClass, headers: readonly Header[]): AmiEvent {
  return { class: kind, text: formatBlock([['Event', name], ['Privilege', `${kind},all`], ...headers]) };
}

/** An event as it stands in the answer to a list action: no `Privilege`, but the action's id. */
export function listItem(name: string, actionId: readonly Header[], headers: readonly Header[]): string {
  return formatBlock([['Event', name], ...actionId, ...headers]);
}
