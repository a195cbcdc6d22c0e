export { type AmiClient, type AmiClientOptions, createAmiClient } from './client.ts';
export { MAX_LINE_BYTES } from './action.ts';
export type {
  AmiAction,
  AmiErrorCode,
  AmiEvent,
  AmiFailure,
  AmiFields,
  AmiResult,
  AmiState,
} from './types.ts';
export { unescapeC } from './unescape.ts';
