export {
  type Board,
  type MutableBoard,
  changeRow,
  changedId,
  commitChanges,
  copyBoard,
  linkOf,
  applyDelta,
  commitDelta,
  boardFromSnapshot,
  toSnapshot,
} from './sync/board.ts';
export * from './calls/calls.ts';
export * from './calls/calls-of.ts';
export * from './calls/channel.ts';
export * from './calls/visibility.ts';
export * from './extensions/aliases.ts';
export * from './extensions/availability.ts';
export * from './extensions/directory.ts';
export * from './extensions/facts.ts';
export * from './extensions/hint.ts';
export * from './extensions/kind.ts';
export * from './extensions/lamp.ts';
export { SET_ON_PHONE, placeholderPerson, withCurrentName } from './extensions/reduce.ts';
export * from './extensions/visibility.ts';
export * from './presence/return-times.ts';
export * from './reduce.ts';
