import type { AmiClass } from './permission-classes.ts';

/** `text` is the whole block, as filtered and sent. */
export interface AmiEvent {
  readonly class: AmiClass;
  readonly text: string;
}

export type Header = readonly [name: string, value: string];

export function formatBlock(headers: readonly Header[]): string {
  let text = '';
  for (const [name, value] of headers) text += `${name}: ${value}\r\n`;
  return `${text}\r\n`;
}

export function liveEvent(name: string, kind: AmiClass, headers: readonly Header[]): AmiEvent {
  return { class: kind, text: formatBlock([['Event', name], ['Privilege', `${kind},all`], ...headers]) };
}

/** A list item has the action's id instead of `Privilege`. */
export function listItem(name: string, actionId: readonly Header[], headers: readonly Header[]): string {
  return formatBlock([['Event', name], ...actionId, ...headers]);
}
