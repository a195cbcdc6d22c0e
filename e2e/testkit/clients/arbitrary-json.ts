import { COMMANDS } from '@lampboard/protocol';
import fc from 'fast-check';

/** Names of commands and events, and inherited property names. */
const RESERVED_NAMES =
  'then ok id account 1101@default rita ada __proto__ constructor prototype toString hasOwnProperty resync reconnect snapshot frame me error connect disconnect disconnecting connect_error newListener removeListener';
export const reservedName = fc.constantFrom(
  ...Object.keys(COMMANDS),
  ...RESERVED_NAMES.split(' '),
  '',
  '\0',
  '\ud800',
);
export const arbitraryJson = fc.oneof(
  fc.jsonValue({ maxDepth: 4 }),
  reservedName,
  fc.dictionary(fc.oneof(reservedName, fc.string()), fc.oneof(reservedName, fc.jsonValue({ maxDepth: 2 }))),
  fc.constantFrom('[', '{"a":').chain((piece) => fc.nat(500).map((count) => piece.repeat(count))),
);
