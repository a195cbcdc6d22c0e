import { COMMANDS } from '@lampboard/protocol';
import fc from 'fast-check';

/** Names of commands and events, and those that a careless lookup would find. */
const NAMES =
  'then ok id account 1101@default rita ada __proto__ constructor prototype toString hasOwnProperty resync reconnect snapshot frame me error connect disconnect disconnecting connect_error newListener removeListener';
export const words = fc.constantFrom(...Object.keys(COMMANDS), ...NAMES.split(' '), '', '\0', '\ud800');
/** Anything that JSON can hold. */
export const anyJson = fc.oneof(
  fc.jsonValue({ maxDepth: 4 }),
  words,
  fc.dictionary(fc.oneof(words, fc.string()), fc.oneof(words, fc.jsonValue({ maxDepth: 2 }))),
  fc.constantFrom('[', '{"a":').chain((piece) => fc.nat(500).map((count) => piece.repeat(count))),
);
