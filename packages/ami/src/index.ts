export { type AmiClient, createAmiClient } from './client.ts';
export { type AmiEndpoint, type Connection, openConnection } from './connection.ts';
export type { AmiTls } from './transport/tls-socket.ts';
export { decodeText, unescapeC } from './transport/text.ts';
export type {
  AmiBlock,
  AmiEvent,
  AmiFailure,
  AmiFields,
  AmiListener,
  AmiProfile,
  AmiResult,
  AmiState,
  EventProfile,
  EventSubscription,
  ReplyProfile,
} from './types.ts';
