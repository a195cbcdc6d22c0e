import type { Random } from '@lampboard/demo-pbx';

/** A text that ends its block and begins another one; chan_pjsip cuts it at 79 bytes. */
export const forging = (...lines: readonly string[]): string => `\r\n\r\n${lines.join('\r\n')}\r\n\r\n`;

const LINES = [
  'Event: CoreShowChannel',
  'Event: CoreShowChannelsComplete',
  'Event: ExtensionStatus',
  'Event: ParkedCall',
  'Response: Success',
  'ActionID: 1',
  'EventList: Complete',
  'ListItems: 0',
  'Channel: PJSIP/1103-00000001',
  'Channel: Local/1101@default-00000001;1',
  'ChannelState: 5',
  'CallerIDNum: 1101',
  'Uniqueid: 1.1',
  'BridgeId: x',
  'Exten: 1103',
  'Context: default',
  'Status: 8',
  'Value: 1',
];
const PIECES = [
  ...LINES,
  '\r\n',
  '\r\n\r\n',
  '\r',
  '\n',
  ': ',
  '%0d%0a',
  '"',
  '\\',
  ';',
  '@',
  '0',
  'é',
  '\u202e',
];
const MAX_PIECES = 7;

/** Some text that a caller may type, most of it in the form of AMI; `extension` as dialled, in the dialplan's own terms. */
export function randomForgery(random: Random): { extension: string; number: string; name: string } {
  const text = () =>
    Array.from({ length: Math.floor(random.between(1, MAX_PIECES)) }, () => random.pick(PIECES) ?? '').join(
      random.chance(0.5) ? '\r\n' : '',
    );
  return {
    extension: text(),
    number: text(),
    // SIP allows no line break in a name.
    name: text().replaceAll('\r', '\\r').replaceAll('\n', '\\n'),
  };
}
