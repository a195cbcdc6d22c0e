export { type AmiClient, type AmiListener, createAmiClient } from './client.ts';
export type { Target } from './connection.ts';
export type { AmiTls } from './secure-socket.ts';
export { decodeText } from './text.ts';
export type { AmiEvent, AmiFailure, AmiFields, AmiResult, AmiState } from './types.ts';
export { unescapeC } from './unescape.ts';
