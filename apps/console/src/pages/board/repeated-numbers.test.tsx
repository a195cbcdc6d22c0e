import { screen, within } from '@testing-library/react';
import { type ComponentType, Profiler } from 'react';
import { expect, it } from 'vitest';
import { ExtensionName } from '../../entities/extension/extension-name.tsx';
import { Tile } from '../../features/board/tile.tsx';
import { PersonLine } from '../../features/command-palette/option-list.tsx';
import { OtherResults } from '../../features/search/other-results.tsx';
import { COLUMNS } from '../../features/table/columns.ts';
import { TableRow } from '../../features/table/table-row.tsx';
import { WallTile } from '../../features/wall/wall-tile.tsx';
import { renderBoard } from '../../testing/render-live.tsx';
import { patch, personNamed, put, remove, testExtension } from '../../testing/fixtures.ts';

const ANNA = personNamed('Anna Müller');
const DEFAULT = testExtension('200', { person: ANNA });
const WAREHOUSE = testExtension('200', { id: '200@warehouse', context: 'warehouse', person: ANNA });
const OTHER = testExtension('201');
const TWINS = [DEFAULT, WAREHOUSE, OTHER];

const noop = () => undefined;
const STATE = { open: false, highlighted: false, stale: false, unsaved: false, tabbable: false };
const HANDLERS = { onOpen: noop, onFocusTile: noop };
const PARTS: Readonly<Record<string, ComponentType<{ id: string }>>> = {
  tile: ({ id }) => <Tile id={id} column={1} {...STATE} {...HANDLERS} />,
  row: ({ id }) => <TableRow id={id} columns={COLUMNS} index={0} start={0} {...STATE} {...HANDLERS} />,
  'wall tile': ({ id }) => <WallTile id={id} />,
  'line of the palette': ({ id }) => <PersonLine id={id} />,
  member: ({ id }) => <ExtensionName id={id} />,
  'hit elsewhere': ({ id }) => <OtherResults ids={[id]} onOpen={noop} />,
};

async function opened(Part: ComponentType<{ id: string }>, extensions = TWINS) {
  const drawn: string[] = [];
  const content = () =>
    TWINS.map(({ id }) => (
      <Profiler key={id} id={id} onRender={() => drawn.push(id)}>
        <fieldset aria-label={id}>
          <Part id={id} />
        </fieldset>
      </Profiler>
    ));
  const page = await renderBoard(content, extensions);
  const parts = () => TWINS.map(({ id }) => within(screen.getByRole('group', { name: id })));
  const contexts = () =>
    parts().map((part) => part.queryByText(/(^|Context )(default|warehouse)/u)?.textContent);
  return { ...page, drawn, contexts };
}

for (const [name, Part] of Object.entries(PARTS)) {
  it(`[BD37] a ${name} shows the context where another one has the number, and only there`, async () => {
    const { happens, change, contexts } = await opened(Part);
    expect(contexts()).toEqual([
      expect.stringMatching(/default$/u),
      expect.stringMatching(/warehouse$/u),
      undefined,
    ]);
    await happens(() => change(remove(WAREHOUSE.id)));
    expect(contexts()).toEqual([undefined, undefined, undefined]);
  });
}

it('[BD37] the accessible name includes the context of a repeated number', async () => {
  await opened(({ id }) => <Tile id={id} column={1} {...STATE} {...HANDLERS} />);
  const names = screen.getAllByRole('gridcell').map((cell) => cell.getAttribute('aria-label'));
  expect(names).toEqual([
    '200 Anna Müller (default), Idle, Available',
    '200 Anna Müller (warehouse), Idle, Available',
    '201 Name 201, Idle, Available',
  ]);
});

it('[BD39] the context has an explaining title', async () => {
  await opened(({ id }) => <Tile id={id} column={1} {...STATE} {...HANDLERS} />);
  expect(screen.getByTitle('Context warehouse').textContent).toBe('Context warehouse');
});

it('[BD38] a change renders only its own extension; a new duplicate shows its context immediately', async () => {
  const { happens, change, drawn } = await opened(({ id }) => <WallTile id={id} />, [DEFAULT, OTHER]);
  drawn.length = 0;
  await happens(() => change(patch(OTHER.id, { lamp: 'in-use', lampSince: 0 })));
  expect(drawn).toEqual([OTHER.id]);
  await happens(() => change(put(WAREHOUSE)));
  expect(screen.getByRole('img', { name: /^200 Anna Müller \(default\)/u })).toBeDefined();
});
