const FINAL_TEXT = 0x81;
/** Packed by the extension `permessage-deflate` (RFC 7692). */
const PACKED = 0x40;

/** A whole text message in one WebSocket frame, as a server sends it: unmasked (RFC 6455, 5.2). */
export function textMessage(payload: readonly Buffer[], { isPacked = false } = {}): Buffer {
  const length = payload.reduce((sum, { length }) => sum + length, 0);
  const head = [FINAL_TEXT | (isPacked ? PACKED : 0), length < 126 ? length : length < 65_536 ? 126 : 127];
  const longer = Buffer.alloc(length < 126 ? 0 : length < 65_536 ? 2 : 8);
  if (longer.length === 2) longer.writeUInt16BE(length);
  if (longer.length === 8) longer.writeBigUInt64BE(BigInt(length));
  return Buffer.concat([Buffer.from(head), longer, ...payload]);
}
