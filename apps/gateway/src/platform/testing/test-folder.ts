import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** A folder that is there for as long as the test that asks for it. */
export function testFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'lampboard-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}
