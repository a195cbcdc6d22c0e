import { expect, it, vi } from 'vitest';
import { createTypeAheadBuffer } from './type-ahead-buffer.ts';

const press = (key: string, init: KeyboardEventInit = {}) =>
  document.body.dispatchEvent(
    new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...init }),
  );

it('[CP1] what is typed before the palette is there is kept for its line, and does nothing else', () => {
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

it('[CP1] shortcuts meanwhile are left alone', () => {
  const buffer = createTypeAheadBuffer();
  buffer.start();
  press('k', { ctrlKey: true });
  expect(buffer.flush()).toBe('');
});
