import fc from 'fast-check';
import { expect, it } from 'vitest';
import { MAX_BLOCK_BYTES, createFramer } from './framer.ts';

function splitAt(bytes: Buffer, sizes: readonly number[]): Buffer[] {
  const chunks: Buffer[] = [];
  let offset = 0;
  for (const size of sizes) {
    chunks.push(bytes.subarray(offset, offset + size));
    offset += size;
  }
  return [...chunks, bytes.subarray(offset)];
}

function readBlocks(chunks: readonly Buffer[]): string[] {
  const blocks: string[] = [];
  const framer = createFramer();
  for (const chunk of chunks) framer.push(chunk, (block) => blocks.push(block.toString()));
  return blocks;
}

it('[AM1] finds the same blocks in any chunks', () => {
  const blocks = ['Response: Success\r\nMessage: ä😀', 'Event: X\r\nA: b\nc'];
  const stream = Buffer.from(`Asterisk Call Manager/11.0.0\r\n${blocks.join('\r\n\r\n')}\r\n\r\n`);
  fc.assert(
    fc.property(fc.array(fc.nat(12), { maxLength: 80 }), (sizes) => {
      expect(readBlocks(splitAt(stream, sizes))).toEqual(blocks);
    }),
  );
});

it('[AM1] skips the extra blank line after a TestEvent', () => {
  const stream = 'Asterisk Call Manager/11.0.0\r\nEvent: TestEvent\r\n\r\n\r\nEvent: B\r\n\r\n';
  expect(readBlocks([Buffer.from(stream)])).toEqual(['Event: TestEvent', 'Event: B']);
});

it('[AM6] limits a block without an end', () => {
  const framer = createFramer();
  const chunk = Buffer.alloc(16 * 1024, 'a');
  let pushed = 0;
  while (framer.push(chunk, () => {})) pushed += chunk.length;
  expect(pushed).toBeLessThanOrEqual(MAX_BLOCK_BYTES);
});
