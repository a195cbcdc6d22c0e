import { cleanup, render, screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { Component, type ReactNode } from 'react';
import { afterEach, expect, it, vi } from 'vitest';
import { lazyPart } from './lazy-part.tsx';

afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

it('[LK10] a part that cannot be fetched says so in its place, and can be tried again', async () => {
  vi.spyOn(console, 'error').mockReturnValue();
  let there = false;
  const Part = lazyPart<{ name: string }>(async () => {
    if (!there) throw new TypeError('Failed to fetch dynamically imported module');
    return ({ name }) => <p>Hello {name}</p>;
  });
  render(
    <>
      <p>The rest</p>
      <Part name="Rita" />
    </>,
  );
  expect((await screen.findByRole('alert')).textContent).toContain('cannot be loaded now');
  expect(screen.getByText('The rest')).toBeDefined();
  there = true;
  await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
  expect(await screen.findByText('Hello Rita')).toBeDefined();
});

class Page extends Component<{ children: ReactNode }> {
  override state = { fault: '' };
  static getDerivedStateFromError = ({ message }: Error) => ({ fault: message });
  override render = () => (this.state.fault === '' ? this.props.children : <p>Page: {this.state.fault}</p>);
}

it('[LK10] a fault of the part itself is the page’s to tell', async () => {
  vi.spyOn(console, 'error').mockReturnValue();
  const Part = lazyPart<object>(async () => () => {
    throw new Error('a bug');
  });
  render(
    <Page>
      <Part />
    </Page>,
  );
  expect(await screen.findByText('Page: a bug')).toBeDefined();
});
