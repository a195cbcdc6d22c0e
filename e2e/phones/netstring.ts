/** Frames a text as a netstring, `<bytes>:<text>,` – what baresip's ctrl_tcp speaks. */
export function netstring(text: string): string {
  return `${Buffer.byteLength(text)}:${text},`;
}

/** Takes bytes as they come and hands out each whole netstring's text. */
export function createNetstringReader(onText: (text: string) => void): (bytes: Buffer) => void {
  let rest: Buffer = Buffer.alloc(0);
  return (bytes) => {
    rest = Buffer.concat([rest, bytes]);
    for (;;) {
      const colon = rest.indexOf(':');
      if (colon < 0) return;
      const start = colon + 1;
      const end = start + Number(rest.toString('latin1', 0, colon));
      if (Number.isNaN(end)) throw new Error('not a netstring');
      if (rest.length <= end) return;
      onText(rest.toString('utf8', start, end));
      rest = rest.subarray(end + 1);
    }
  };
}
