import { expect, it, vi } from 'vitest';
import { createTypeAheadBuffer } from './type-ahead-buffer.ts';

const press = (key: string, init: KeyboardEventInit = {}) =>
  document.body.dispatchEvent(
    new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...init }),
  );

it('[CP1] buffers keys typed before the palette is ready, without other effects', () => {
  const other = vi.fn<() => void>();
  document.body.addEventListener('keydown', other);
  const buffer = createTypeAheadBuffer();
  buffer.start();
  for (const key of ['s', 'x', 'Backspace', 'm', ' ', '3', 'Enter']) press(key);
  expect(other).not.toHaveBeenCalled();
  expect(buffer.flush()).toBe('sm 3');
  press('a');
  expect(other).toHaveBeenCalledOnce();
  expect(buffer.flush()).toBe('');
});

it('[CP1] does not block shortcuts', () => {
  const buffer = createTypeAheadBuffer();
  buffer.start();
  press('k', { ctrlKey: true });
  expect(buffer.flush()).toBe('');
});
