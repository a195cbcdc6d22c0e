import { expect, it, vi } from 'vitest';
import { createTypedAhead } from './typed-ahead.ts';

const press = (key: string, more: KeyboardEventInit = {}) =>
  document.body.dispatchEvent(
    new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...more }),
  );

it('[CP1] what is typed before the palette is there is kept for its line, and does nothing else', () => {
  const other = vi.fn<() => void>();
  document.body.addEventListener('keydown', other);
  const typed = createTypedAhead();
  typed.begin();
  for (const key of ['s', 'x', 'Backspace', 'm', ' ', '3', 'Enter']) press(key);
  expect(other).not.toHaveBeenCalled();
  expect(typed.take()).toBe('sm 3');
  press('a');
  expect(other).toHaveBeenCalledOnce();
  expect(typed.take()).toBe('');
});

it('[CP1] shortcuts meanwhile are left alone', () => {
  const typed = createTypedAhead();
  typed.begin();
  press('k', { ctrlKey: true });
  expect(typed.take()).toBe('');
});
