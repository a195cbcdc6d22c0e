import { cleanup, render, screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { Component, type ReactNode } from 'react';
import { afterEach, expect, it, vi } from 'vitest';
import { lazyComponent } from './lazy-component.tsx';

afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

it('[LK10] shows a load error in place of the component, and can retry', async () => {
  vi.spyOn(console, 'error').mockReturnValue();
  let isAvailable = false;
  const Part = lazyComponent<{ name: string }>(async () => {
    if (!isAvailable) throw new TypeError('Failed to fetch dynamically imported module');
    return ({ name }) => <p>Hello {name}</p>;
  });
  render(
    <>
      <p>The rest</p>
      <Part name="Rita" />
    </>,
  );
  expect((await screen.findByRole('alert')).textContent).toContain('could not be loaded');
  expect(screen.getByText('The rest')).toBeDefined();
  isAvailable = true;
  await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
  expect(await screen.findByText('Hello Rita')).toBeDefined();
});

class Page extends Component<{ children: ReactNode }> {
  override state = { error: '' };
  static getDerivedStateFromError = ({ message }: Error) => ({ error: message });
  override render = () => (this.state.error === '' ? this.props.children : <p>Page: {this.state.error}</p>);
}

it('[LK10] leaves an error of the component to the page', async () => {
  vi.spyOn(console, 'error').mockReturnValue();
  const Part = lazyComponent<object>(async () => () => {
    throw new Error('a bug');
  });
  render(
    <Page>
      <Part />
    </Page>,
  );
  expect(await screen.findByText('Page: a bug')).toBeDefined();
});
