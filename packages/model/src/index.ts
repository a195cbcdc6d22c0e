export {
  type Board,
  type MutableBoard,
  changedId,
  commitChanges,
  copyBoard,
  linkOf,
  applyDelta,
  commitDelta,
  boardFromSnapshot,
  toSnapshot,
} from './sync/board.ts';
export {
  type Mismatch,
  isCallLamp,
  isFree,
  isOnCall,
  isReachable,
  isRinging,
  mismatchOf,
  overdueBy,
  phoneLamp,
  phoneSince,
  suggestColleague,
} from './extensions/availability.ts';
export {
  type Attribution,
  type AttributionLookup,
  type Fact,
  type FullList,
  type HintState,
  listedPresence,
  phoneKey,
} from './extensions/facts.ts';
export { type Hint, canonicalProvider, parseHint, providerKey, providerKeyOf } from './extensions/hint.ts';
export { dndDevices, lampFromDeviceStates, lampFromStatus, phoneDevices } from './extensions/lamp.ts';
export { SET_ON_PHONE, placeholderPerson, reduce, withCurrentName } from './extensions/reduce.ts';
export { type ScheduledReturn, dueReturnTimes, scheduledReturns } from './presence/return-times.ts';
