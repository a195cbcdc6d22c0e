export { type AmiClient, type AmiListener, createAmiClient } from './client.ts';
export type { AmiEndpoint } from './connection.ts';
export type { AmiTls } from './transport/tls-socket.ts';
export { decodeText } from './text.ts';
export type { AmiEvent, AmiFailure, AmiFields, AmiResult, AmiState } from './types.ts';
export { unescapeC } from './text.ts';
