import type { ImportPreview } from '@lampboard/protocol';
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { ADA, RITA, createFakeGateway } from '../../testing/fake-gateway.ts';
import { renderLive } from '../../testing/render-live.tsx';
import { readTable } from './choose-table.tsx';
import { ImportScreen } from './import-screen.tsx';

const PREVIEW: ImportPreview = {
  changes: [
    {
      id: '1101@default',
      name: 'Rita',
      before: { name: 'Rita', kind: 'person' },
      after: { name: 'Rita M.', kind: 'room' },
    },
    {
      id: '1102@default',
      name: 'Josh',
      before: { mobile: '' },
      after: { mobile: '1', email: 'j@example.com' },
    },
  ],
  unchanged: 3,
  problems: [
    { line: 5, problem: 'no-hint', extension: '1199' },
    { line: 6, problem: 'lost-zeros', extension: '142', suggestion: '0142' },
    { line: 7, problem: 'unknown-kind', extension: '1103' },
  ],
};

function setup({ me = ADA, preview = PREVIEW } = {}) {
  const gateway = createFakeGateway();
  gateway.stubCommand('preview-directory-import', preview);
  gateway.stubCommand('import-directory', 2);
  return renderLive(() => <ImportScreen me={me} />, { me, gateway });
}

const section = (name: string) => within(screen.getByRole('region', { name }));
const linesOf = (name: string) =>
  section(name)
    .getAllByRole('listitem')
    .map((line) => line.textContent);

it('[DR16] is for administrators only', () => {
  const { gateway } = setup({ me: RITA });
  expect(screen.getByText('Only administrators can see and change the directory.')).toBeDefined();
  expect(gateway.requests).toEqual([]);
});

it('[DR16] previews a pasted table, with lines and reasons, and imports it once confirmed', async () => {
  const { user, sent } = setup();
  await user.click(screen.getByRole('textbox', { name: 'Or paste the table' }));
  await user.paste('extension,name\n1101,Rita M.');
  await user.click(screen.getByRole('button', { name: 'Preview' }));
  expect(await screen.findByText('Preview of the pasted table. Nothing has been changed yet.')).toBeDefined();
  const counts = screen.getAllByRole('list')[0] ?? document.body;
  expect(
    within(counts)
      .getAllByRole('listitem')
      .map(({ textContent }) => textContent),
  ).toEqual(['1 new', '1 changed', '3 unchanged', '2 fit no hint', '1 faulty']);
  expect(linesOf('Changed')).toEqual(['Rita 1101@defaultNameRita → Rita M.KindPerson → Room']);
  expect(linesOf('New')).toEqual(['Josh 1102@defaultE-mailj@example.comMobile1']);
  expect(linesOf('Fits no hint')).toEqual([
    'Line 51199No such hint in Asterisk',
    'Line 6142No such hint. Were the leading zeros of 0142 lost?',
  ]);
  expect(linesOf('Faulty')).toEqual(['Line 71103Unknown kind']);
  expect(sent('import-directory')).toEqual([]);
  await user.click(screen.getByRole('button', { name: 'Import 2 entries' }));
  expect(await screen.findByRole('heading', { name: '2 entries imported' })).toBe(document.activeElement);
  expect(sent('import-directory')).toEqual([{ text: 'extension,name\n1101,Rita M.' }]);
});

it('[DR16] text that is no table has an error message, and the pasted text stays', async () => {
  const { user, gateway } = setup();
  gateway.failCommand('preview-directory-import', 'invalid-table', 'The file has no column “extension”.');
  const field = screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Or paste the table' });
  await user.type(field, 'nothing');
  await user.click(screen.getByRole('button', { name: 'Preview' }));
  expect((await screen.findByRole('alert')).textContent).toBe('The file has no column “extension”.');
  expect(field.value).toBe('nothing');
});

it('[DR16] a table that changes nothing can’t be imported; an import that fails keeps the preview', async () => {
  const { user, gateway } = setup({ preview: { changes: [], unchanged: 3, problems: [] } });
  const field = () => screen.getByRole('textbox', { name: 'Or paste the table' });
  await user.type(field(), 'x');
  await user.click(screen.getByRole('button', { name: 'Preview' }));
  expect(await screen.findByText('Nothing would change.')).toBeDefined();
  expect(screen.queryByRole('button', { name: /^Import/ })).toBeNull();
  await user.click(screen.getByRole('button', { name: 'Back' }));
  gateway.stubCommand('preview-directory-import', PREVIEW);
  gateway.failCommand('import-directory', 'store-unavailable', 'The disk is full.');
  await user.click(screen.getByRole('button', { name: 'Preview' }));
  await user.click(await screen.findByRole('button', { name: 'Import 2 entries' }));
  expect((await screen.findByRole('alert')).textContent).toBe('The disk is full.');
  expect(linesOf('Faulty')).toHaveLength(1);
});

it('[DR16] reads files as spreadsheets write them, and says which it can’t read', async () => {
  const { sent } = setup();
  const choose = (bytes: Uint8Array<ArrayBuffer>) =>
    fireEvent.change(screen.getByLabelText('Choose file'), {
      target: { files: [new File([bytes], 'people.csv')] },
    });
  choose(Uint8Array.from([0x50, 0x4b, 0, 0x04]));
  expect((await screen.findByRole('alert')).textContent).toMatch(/it may be a workbook/);
  expect(sent('preview-directory-import')).toEqual([]);
  choose(Uint8Array.from([...new TextEncoder().encode('extension;name\n1101;J'), 0xf6]));
  await screen.findByText(/was read as Windows text/);
  expect(screen.getByText('Preview of people.csv. Nothing has been changed yet.')).toBeDefined();
  await waitFor(() =>
    expect(sent('preview-directory-import')).toEqual([{ text: 'extension;name\n1101;Jö' }]),
  );
});

it.each([
  ['UTF-8', new TextEncoder().encode('\uFEFFé'), 'é', false],
  ['UTF-16', Uint8Array.from([0xff, 0xfe, 0xe9, 0]), 'é', false],
  ['Windows-1252', Uint8Array.from([0xe9, 0x20]), 'é ', true],
])('[DR16] reads %s', async (_, bytes, text, isGuessed) => {
  expect(await readTable(new Blob([bytes]))).toEqual({ ok: true, text, isGuessed });
});

it('[DR16] does not read a file that is too large', async () => {
  expect(await readTable(new Blob(['x'.repeat(2_000_001)]))).toEqual({ ok: false, problem: 'too-large' });
});
