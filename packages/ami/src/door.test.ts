import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createDoor } from './door.ts';

const OURS = 'b9c8';
const LAMP = 'Event: ExtensionStatus\r\nExten: 1102\r\nStatus: 8';
const TYPED = 'Event: PresenceStatus\r\nExten: 1101\r\nMessage: hello';
const ANSWER = `Response: Success\r\nActionID: ${OURS}\r\nPing: Pong`;

function open({ unescaped = false } = {}) {
  const calls: string[] = [];
  const door = createDoor({
    wanted: new Set(['ExtensionStatus', 'PresenceStateChange']),
    isPending: (id) => id === OURS,
    isUnescaped: () => unescaped,
    onDoubt: () => calls.push('doubt'),
    onGap: () => calls.push('gap'),
  });
  return { door, calls };
}

it('[AM5] lets wanted events and answers to our own actions pass, and nothing else', () => {
  const { door } = open();
  expect(door(LAMP)).toBe(true);
  expect(door(ANSWER)).toBe(true);
  expect(door('Event: Newchannel\r\nChannel: PJSIP/1')).toBe(false);
  expect(door('Event: Close\r\nA: b')).toBe(false);
  expect(door('Response: Success\r\nMessage: Variable Set')).toBe(false);
  expect(door('Shutdown: Cleanly')).toBe(false);
});

it('[AM7] believes nothing unasked behind an event that relays a caller ID as it is', () => {
  const { door, calls } = open();
  door('Event: Newchannel\r\nChannel: PJSIP/anonymous-1\r\nCallerIDNum: ');
  expect(door(LAMP)).toBe(false);
  door(ANSWER);
  expect(door(LAMP)).toBe(true);
  expect(calls).toEqual(['doubt', 'gap']);
});

it('[AM7] believes nothing unasked after an unescaped event, until an answer of its own', () => {
  const { door, calls } = open();
  door(TYPED);
  expect(door(LAMP)).toBe(false);
  expect(door(ANSWER)).toBe(true);
  expect(door(LAMP)).toBe(true);
  expect(calls).toEqual(['doubt', 'gap']);
});

it('[AM7] asks for no list where nothing came during the doubt', () => {
  const { door, calls } = open();
  door(TYPED);
  door(ANSWER);
  expect(calls).toEqual(['doubt']);
});

it('[AM7] is not calmed by an ActionID inside the typed text', () => {
  const { door } = open();
  door(`${TYPED}\r\nActionID: guessed`);
  expect(door(LAMP)).toBe(false);
  expect(door('Event: ExtensionStatusComplete\r\nActionID: guessed\r\nEventList: Complete')).toBe(false);
  expect(door(LAMP)).toBe(false);
});

it('[AM7] doubts what follows an answer that repeats text as it is', () => {
  const { door, calls } = open({ unescaped: true });
  expect(door(ANSWER)).toBe(true);
  expect(door(LAMP)).toBe(false);
  expect(calls).toEqual(['doubt']);
});

it('[AM7] whatever somebody typed, no event comes through between it and our next answer', () => {
  const line = fc.oneof(
    fc.constant(''),
    fc.constantFrom(
      'Event: ExtensionStatus',
      'Exten: 1102',
      'Status: 8',
      'Response: Success',
      'ActionID: x',
      'Event: PresenceStatus',
    ),
    fc.string(),
  );
  fc.assert(
    fc.property(fc.array(line, { maxLength: 20 }), (lines) => {
      const { door } = open();
      const stream = `${TYPED}${lines.join('\r\n')}\r\n\r\n`;
      const blocks = stream.split('\r\n\r\n').filter((block) => block !== '');
      expect(blocks.filter((block) => door(block))).toEqual([]);
    }),
  );
});
