import type { LinkStatus } from '@lampboard/protocol';
import { screen } from '@testing-library/react';
import { beforeEach, expect, it } from 'vitest';
import { useSetPresence } from '../../entities/presence-draft/use-set-presence.ts';
import { CommandPalette } from '../../features/command-palette/command-palette.tsx';
import { useGlobalShortcuts } from '../../shell/use-global-shortcuts.ts';
import { PANEL_PROPS, patchPresence, presenceOf, twoPbxs } from '../../testing/fixtures.ts';
import { renderLive } from '../../testing/render-live.tsx';
import { PersonPanel } from './person-panel.tsx';

const NORTH = 'north/1101@default';
const SOUTH = 'south/1101@default';
const NO_COMMANDS = [] as const;
const DOWN: LinkStatus = { state: 'down', since: 0, reason: 'unreachable' };
const outage = { table: 'pbxs', op: 'patch', id: 'south', fields: { link: DOWN } } as const;

beforeEach(() => {
  Element.prototype.scrollIntoView = () => undefined;
});

const message = () => screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Message' });
const save = () => screen.getByRole('button', { name: 'Save' });

it('[PB18] the editor of a PBX that is down names it, keeps the text, and sends nothing', async () => {
  const page = renderLive(() => <PersonPanel id={SOUTH} {...PANEL_PROPS} />);
  await page.happens(() => page.open(twoPbxs()));
  await page.user.type(message(), 'dentist');
  await page.happens(() => page.change(outage));
  expect(screen.getByText('South is not live. You can save once it is.')).toBeDefined();
  await page.user.click(save());
  expect((await screen.findByRole('alert')).textContent).toBe(
    'South is not live. Your text is kept; save it once South is live again.',
  );
  expect([message().value, page.sentCommands.length]).toEqual(['dentist', 0]);
});

it('[PB18] meanwhile the same number at the other PBX is edited as usual', async () => {
  const page = renderLive(() => <PersonPanel id={NORTH} {...PANEL_PROPS} />);
  await page.happens(() => page.open(twoPbxs(DOWN)));
  expect(screen.queryByText(/not live/u)).toBeNull();
  await page.user.type(message(), 'dentist');
  await page.user.click(save());
  expect(page.sentCommands).toMatchObject([{ id: NORTH, presence: { message: 'dentist' } }]);
});

it('[PB18] the palette names the PBX that is down, and sets presences at the others', async () => {
  const set: string[] = [];
  const palette = () => (
    <CommandPalette
      commands={NO_COMMANDS}
      commandsFor={() => NO_COMMANDS}
      subtypesOf={() => []}
      flushTypeAhead={() => ''}
      onOpen={() => undefined}
      onSet={(id) => {
        set.push(id);
        return new Promise(() => undefined);
      }}
      onClose={() => undefined}
      statusMessage={null}
    />
  );
  const page = renderLive(palette);
  await page.happens(() => page.open(twoPbxs(DOWN)));
  await page.user.keyboard('1101 away');
  await page.user.keyboard('{ArrowDown}{Enter}');
  expect(screen.getByRole('alert').textContent).toContain('South is not live, so nothing can be set there');
  await page.user.keyboard('{ArrowUp}{Enter}');
  expect(set).toEqual([NORTH]);
});

it('[PB18] an undo that reaches a PBX that is down says so by name, and one at another PBX is made', async () => {
  function Page() {
    useGlobalShortcuts({ onPalette: () => undefined, onHelp: () => undefined });
    const set = useSetPresence();
    return [NORTH, SOUTH].map((id) => (
      <button key={id} type="button" onClick={() => void set(id, presenceOf('dnd'), null)}>
        {id}
      </button>
    ));
  }
  const page = renderLive(() => <Page />);
  await page.happens(() => page.open(twoPbxs()));
  for (const id of [NORTH, SOUTH]) {
    await page.user.click(screen.getByRole('button', { name: id }));
    await page.happens(() => {
      page.change(patchPresence(id, presenceOf('dnd')));
      page.answer({ ok: true, presence: presenceOf('dnd') });
    });
  }
  await page.happens(() => page.change(outage));
  await page.user.keyboard('{Control>}z{/Control}');
  expect((await screen.findByText(/South is not live\./u)).textContent).toContain('Name 1101 (South)');
  expect(page.sentCommands).toHaveLength(2);
});
