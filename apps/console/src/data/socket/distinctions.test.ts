import { expect, it } from 'vitest';
import { createDistinctions } from './distinctions.ts';
import { type PbxNames, NO_NAMES } from './connection-state.ts';
import { testExtension } from '@lampboard/model/testing';

const extensionsOf = (...ids: string[]) =>
  new Map(
    ids.map((id) => {
      const [exten = '', context = ''] = id.replace(/^.*\//u, '').split('@');
      return [id, testExtension(exten, { id, context })] as const;
    }),
  );
const PBXS: PbxNames = new Map([
  ['north', { id: 'north', name: 'North', colour: 'violet' }],
  ['south', { id: 'south', name: 'South', colour: 'teal' }],
]);

it('[BD37] finds the numbers that exist in several contexts, as extensions are added and removed', () => {
  const find = createDistinctions();
  const contextsOf = (...ids: string[]) =>
    [...find(extensionsOf(...ids), NO_NAMES)].map(([id, { pbx, context }]) => [id, pbx, context]);
  expect(contextsOf('200@default', '201@default')).toEqual([]);
  expect(contextsOf('200@default', '201@default', '200@warehouse', '200@shop')).toEqual([
    ['200@default', null, 'default'],
    ['200@warehouse', null, 'warehouse'],
    ['200@shop', null, 'shop'],
  ]);
  expect(contextsOf('200@default', '201@default')).toEqual([]);
});

it('[PB15] tells the same number at several PBXs apart by the PBX, and by the context where one has it twice', () => {
  const ids = ['north/200@default', 'north/200@shop', 'south/200@default', 'north/201@default'];
  expect([...createDistinctions()(extensionsOf(...ids), PBXS)]).toEqual([
    ['north/200@default', { pbx: 'North', context: 'default' }],
    ['north/200@shop', { pbx: 'North', context: 'shop' }],
    ['south/200@default', { pbx: 'South', context: null }],
  ]);
  expect([...createDistinctions()(extensionsOf('south/200@a', 'south/200@b'), PBXS)]).toEqual([
    ['south/200@a', { pbx: null, context: 'a' }],
    ['south/200@b', { pbx: null, context: 'b' }],
  ]);
});

it('[PB15] follows a renamed PBX', () => {
  const find = createDistinctions();
  const extensions = extensionsOf('north/200@default', 'south/200@default');
  find(extensions, PBXS);
  const renamed: PbxNames = new Map([...PBXS, ['south', { id: 'south', name: 'Sud', colour: 'teal' }]]);
  expect(find(extensions, renamed).get('south/200@default')).toEqual({ pbx: 'Sud', context: null });
});

it('[BD38] returns the same map while it is equal', () => {
  const find = createDistinctions();
  const first = find(extensionsOf('200@default', '200@warehouse'), NO_NAMES);
  expect(find(extensionsOf('200@default', '200@warehouse'), NO_NAMES)).toBe(first);
  expect(find(extensionsOf('200@default', '200@warehouse', '300@default'), NO_NAMES)).toBe(first);
});
