import { act, screen, within } from '@testing-library/react';
import { beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { messages as germanMessages } from '../../i18n/catalogues/de.ts';
import { messages as englishMessages } from '../../i18n/catalogues/en.ts';
import { I18nProvider } from '../../i18n/i18n-context.tsx';
import { loadLanguage } from '../../i18n/languages.ts';
import { type Message, parseMessage } from '../../i18n/message.ts';
import { renderBoard } from '../../testing/render-live.tsx';
import { personNamed, snapshotWith, testExtension } from '../../testing/fixtures.ts';
import { NARROW_BOARD, withLayout } from '../../testing/fake-layout.ts';
import { BoardPage } from './board-page.tsx';

/** Returns the words only, separated by spaces; lines stay apart. */
const plain = (text: string) => ` ${text.replaceAll(/[^\p{L}\n]+/gu, ' ').replaceAll('\n', ' \n ')} `;
/** Returns the texts of a catalogue between the placeholders. */
const catalogueTexts = (catalogue: Readonly<Record<string, Message>>) =>
  Object.values(catalogue)
    .flatMap((message) => (typeof message === 'string' ? [message] : Object.values(message)))
    .flatMap((form) => parseMessage(form).filter((_, index) => index % 2 === 0))
    .map((part) => plain(part).trim())
    .filter((part) => part.length > 1);
const includesText = (text: string, phrase: string) => plain(text).includes(` ${phrase} `);

const german = catalogueTexts(germanMessages).join('\n');
const onlyEnglish = catalogueTexts(englishMessages).filter((phrase) => !includesText(german, phrase));

const TEXT_ATTRIBUTES = ['aria-label', 'title', 'placeholder', 'alt'];
/** Returns all visible and accessible texts of the page, one a line. */
function visibleText(): string {
  const texts = [document.title];
  for (const element of document.body.querySelectorAll('*')) {
    for (const name of TEXT_ATTRIBUTES) texts.push(element.getAttribute(name) ?? '');
    for (const node of element.childNodes) {
      if (node instanceof Text && element.tagName !== 'CODE') texts.push(node.data);
    }
  }
  return texts.filter(Boolean).join('\n');
}
const englishOnThePage = () => {
  const page = visibleText();
  return onlyEnglish.filter((phrase) => includesText(page, phrase));
};

/** Preloaded, as the page does once it is drawn. */
beforeAll(() => import('../person/person-panel.tsx'));
beforeEach(() => void vi.spyOn(window, 'matchMedia').mockReturnValue(matchMedia('not all')));
withLayout(NARROW_BOARD);

const EXTENSIONS = [
  testExtension('1101', {
    person: personNamed('Rita Moreno', 'Vertrieb'),
    presence: { state: 'xa', subtype: 'Urlaub', message: 'Ab Montag wieder da' },
    presenceSetAt: -7 * 60_000,
    presenceSetBy: { kind: 'account', name: 'rita' },
  }),
  testExtension('1102', { person: personNamed('Josh Okafor'), lamp: 'in-use-ringing' }),
];

async function opened() {
  const language = await loadLanguage('de');
  const content = () => (
    <I18nProvider initial={language}>
      <BoardPage />
    </I18nProvider>
  );
  return renderBoard(content, EXTENSIONS);
}

it('[IN1] the test distinguishes English from German words', () => {
  expect(onlyEnglish.length).toBeGreaterThan(100);
  expect(includesText('Enter the Message here', 'Message')).toBe(true);
});

it('[IN1] board and person are German throughout', async () => {
  const { user } = await opened();
  const grid = within(screen.getByRole('grid', { name: 'Nebenstellen' }));
  expect(document.title).toBe('Alle · Lampboard');
  expect(screen.getAllByRole('listitem').map(({ textContent }) => textContent)).toEqual(
    expect.arrayContaining(['0 erreichbar', '1 im Gespräch', '1 klingelt']),
  );
  expect(englishOnThePage()).toEqual([]);
  await user.click(
    grid.getByRole('gridcell', {
      name: '1101 Rita Moreno, Frei, Länger abwesend, Urlaub: Ab Montag wieder da',
    }),
  );
  expect(await screen.findByRole('radiogroup', { name: 'Status' })).toBeDefined();
  expect(screen.getByRole('textbox', { name: 'Zusatz' })).toBeDefined();
  expect(screen.getByText('seit 7 Min.')).toBeDefined();
  await user.click(screen.getByRole('radio', { name: 'Nicht stören' }));
  expect(screen.getByText('Zusatz und Nachricht bleiben erhalten.')).toBeDefined();
  expect(grid.getByRole('gridcell', { name: /, nicht gespeicherte Änderungen$/u })).toBeDefined();
  expect(englishOnThePage()).toEqual([]);
});

it('[IN1] an outage, a failure and the length of a text are in German', async () => {
  const { user, happens, breakOff } = await opened();
  await user.click(screen.getByRole('gridcell', { name: /^1102/u }));
  await user.click(await screen.findByRole('textbox', { name: 'Nachricht' }));
  await user.paste('ü'.repeat(500));
  expect(screen.getByRole('alert').textContent).toMatch(/^Mit diesem Zusatz erlaubt Asterisk \d+ Bytes/u);
  expect(englishOnThePage()).toEqual([]);
  await user.clear(screen.getByRole('textbox', { name: 'Nachricht' }));
  await user.type(screen.getByRole('textbox', { name: 'Nachricht' }), 'Bin gleich da');
  await happens(breakOff);
  await user.click(screen.getByRole('button', { name: 'Speichern' }));
  expect((await screen.findByRole('alert')).textContent).toMatch(/^Zu Asterisk besteht gerade keine/u);
  expect(englishOnThePage()).toEqual([]);
});

it('[IN1] a board without results or hints is in German', async () => {
  const { user, happens, snapshot } = await opened();
  await user.keyboard('/zzz');
  expect(await screen.findByText('Keine Treffer für „zzz“')).toBeDefined();
  expect(englishOnThePage()).toEqual([]);
  await act(() => user.keyboard('{Escape}'));
  await happens(() => snapshot(snapshotWith([], { epoch: 'e2' })));
  expect(screen.getByText('Asterisk hat noch keine Hints')).toBeDefined();
  expect(englishOnThePage()).toEqual([]);
});
