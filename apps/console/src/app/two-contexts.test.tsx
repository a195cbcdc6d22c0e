import { cleanup, screen, within } from '@testing-library/react';
import { type ComponentType, Profiler } from 'react';
import { afterEach, expect, it } from 'vitest';
import { MemberName } from '../extension/member-name.tsx';
import { Tile } from '../features/board/tile.tsx';
import { PersonLine } from '../features/palette/person-line.tsx';
import { Elsewhere } from '../features/search/elsewhere.tsx';
import { TableRow } from '../features/table/table-row.tsx';
import { WallTile } from '../features/wall/wall-tile.tsx';
import { renderLive } from '../live/testing/render-live.tsx';
import { rowOf } from '../live/testing/row-of.ts';
import { snapshotWith } from '../live/testing/snapshot-with.ts';

afterEach(cleanup);

const ANNA = { name: 'Anna Müller', department: '', email: '', mobile: '' };
const DEFAULT = rowOf('200', { person: ANNA });
const WAREHOUSE = rowOf('200', { id: '200@warehouse', context: 'warehouse', person: ANNA });
const OTHER = rowOf('201');
const TWINS = [DEFAULT, WAREHOUSE, OTHER];

const nothing = () => undefined;
const STATE = { open: false, hit: false, unfit: false, unsaved: false, reachable: false };
const WAYS = { onOpen: nothing, onReach: nothing };
const PARTS: Readonly<Record<string, ComponentType<{ id: string }>>> = {
  tile: ({ id }) => <Tile id={id} column={1} {...STATE} {...WAYS} />,
  row: ({ id }) => <TableRow id={id} index={0} start={0} {...STATE} {...WAYS} />,
  'wall tile': ({ id }) => <WallTile id={id} />,
  'line of the palette': ({ id }) => <PersonLine id={id} />,
  member: ({ id }) => <MemberName id={id} />,
  'hit elsewhere': ({ id }) => <Elsewhere ids={[id]} onOpen={nothing} />,
};

const added = { kind: 'put', row: WAREHOUSE };
const removed = { kind: 'remove', id: WAREHOUSE.id };

async function opened(Part: ComponentType<{ id: string }>, rows = TWINS) {
  const drawn: string[] = [];
  const page = renderLive(() =>
    TWINS.map(({ id }) => (
      <Profiler key={id} id={id} onRender={() => drawn.push(id)}>
        <fieldset aria-label={id}>
          <Part id={id} />
        </fieldset>
      </Profiler>
    )),
  );
  await page.happens(() => page.open(snapshotWith(rows)));
  const shown = () => TWINS.map(({ id }) => within(screen.getByRole('group', { name: id })));
  const contexts = () =>
    shown().map((part) => part.queryByText(/(^|Context )(default|warehouse)/u)?.textContent);
  return { ...page, drawn, contexts };
}

for (const [name, Part] of Object.entries(PARTS)) {
  it(`[BD37] a ${name} shows the context where another one has the number, and only there`, async () => {
    const { happens, frame, contexts } = await opened(Part);
    expect(contexts()).toEqual([
      expect.stringMatching(/default$/u),
      expect.stringMatching(/warehouse$/u),
      undefined,
    ]);
    await happens(() => frame({ epoch: 'e1', seq: 1, changes: [removed] }));
    expect(contexts()).toEqual([undefined, undefined, undefined]);
  });
}

it('[BD37] the accessible name holds the context of such a number', async () => {
  await opened(({ id }) => <Tile id={id} column={1} {...STATE} {...WAYS} />);
  const names = screen.getAllByRole('gridcell').map((cell) => cell.getAttribute('aria-label'));
  expect(names).toEqual([
    '200 Anna Müller (default), Idle, Available',
    '200 Anna Müller (warehouse), Idle, Available',
    '201 Name 201, Idle, Available',
  ]);
});

it('[BD39] the context has a title that says what it is', async () => {
  await opened(({ id }) => <Tile id={id} column={1} {...STATE} {...WAYS} />);
  expect(screen.getByTitle('Context warehouse').textContent).toBe('warehouse');
});

it('[BD38] a change draws its own extension alone, and one that comes is told apart at once', async () => {
  const { happens, frame, drawn } = await opened(({ id }) => <WallTile id={id} />, [DEFAULT, OTHER]);
  drawn.length = 0;
  const change = { kind: 'lamp', id: OTHER.id, lamp: 'in-use', since: 0 };
  await happens(() => frame({ epoch: 'e1', seq: 1, changes: [change] }));
  expect(drawn).toEqual([OTHER.id]);
  await happens(() => frame({ epoch: 'e1', seq: 2, changes: [added] }));
  expect(screen.getByRole('img', { name: /^200 Anna Müller \(default\)/u })).toBeDefined();
});
