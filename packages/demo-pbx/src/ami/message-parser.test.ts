import { expect, it } from 'vitest';
import { type AmiMessage, createMessageParser } from './message-parser.ts';

function parse(...chunks: string[]): AmiMessage[] {
  const messages: AmiMessage[] = [];
  const parser = createMessageParser((message) => messages.push(message));
  for (const chunk of chunks) parser.push(chunk);
  return messages;
}

it('[AC6] splits messages across any chunks', () => {
  const text = 'Action: Ping\r\nActionID: 1\r\n\r\nAction: Logoff\r\n\r\n';
  for (let splitAt = 0; splitAt <= text.length; splitAt += 1) {
    const messages = parse(text.slice(0, splitAt), text.slice(splitAt));
    expect(messages.map((message) => message.action())).toEqual(['Ping', 'Logoff']);
  }
});

it('[AC6] ends a line at a bare LF too, but not at a bare CR', () => {
  expect(parse('Action: Ping\nActionID: 1\n\n')[0]?.header('actionid')).toBe('1');
  expect(parse('Action: Ping\rActionID: 1\r\n\r\n')[0]?.action()).toBe('Ping\rActionID: 1');
});

it('[AC6] ignores the case of names and leading blanks, and takes the first of a name', () => {
  const [message] = parse('action:Ping\r\nActionID:   a \r\nActionID: b\r\nX: a\0b\r\n\r\n');
  expect(message?.action()).toBe('Ping');
  expect(message?.header('ActionID')).toBe('a ');
  expect(message?.header('X')).toBe('a');
  expect(message?.header('Y')).toBe('');
});

const line = (bytes: number): string => `X: ${'x'.repeat(bytes - 3)}`;
const outcome = (bytes: number): unknown[] =>
  parse(`Action: Ping\r\n${line(bytes)}\r\nActionID: t\r\n\r\n`).map(({ error, ...message }) => [
    error,
    message.header('ActionID'),
  ]);

it.each([1021, 1022])('[AC6] accepts a line of %i bytes', (bytes) => {
  expect(outcome(bytes)).toEqual([[undefined, 't']]);
});

it.each([1024, 1025, 2045, 2047, 3000])('[AC6] rejects a line of %i bytes', (bytes) => {
  expect(outcome(bytes)).toEqual([['line too long', 't']]);
});

it.each([1023, 2046])('[AC6] ends the message at the split CRLF of a line of %i bytes', (bytes) => {
  expect(outcome(bytes)).toEqual([
    ['line too long', ''],
    [undefined, 't'],
  ]);
});

it('[AC6] accepts 128 lines and rejects 129', () => {
  const lines = (count: number): string => `Action: Ping\r\n${'X: y\r\n'.repeat(count - 1)}\r\n`;
  expect(parse(lines(128))[0]?.error).toBeUndefined();
  expect(parse(lines(129))[0]?.error).toBe('too many lines');
  expect(parse(lines(129) + lines(2)).map(({ error }) => error)).toEqual(['too many lines', undefined]);
});
