export { applyFrame } from './apply-frame.ts';
export { type Arrangement, type Wanted, createArrangement } from './arrangement.ts';
export { type Board, boardOfSnapshot, snapshotOf } from './board.ts';
export { type Fact, type HintFact, extensionId, phoneKey } from './facts.ts';
export { fitsFilter, fitsShow, isFiltered } from './filter.ts';
export { fold } from './fold.ts';
export { type Span, spansOf } from './spans.ts';
export { type Hint, canonicalProvider, parseHint, providerKey, providerKeyOf } from './hint.ts';
export { lampOfStatus } from './lamp.ts';
export { dndDevices, lampOfDevices, telephonesOf } from './telephones.ts';
export { BY_NUMBER, type Order, createKeptOrder, orderBy, sinceOf } from './order.ts';
export { type Attribute, type Attribution, ON_THE_TELEPHONE, reduce, unknownPerson } from './reduce.ts';
export { withNameOf } from './renamed.ts';
export { createRepeatedNumbers } from './repeated-numbers.ts';
export { type PlannedReturn, dueReturns, plannedReturns } from './return-times.ts';
export { type Said, saidAgain, withState } from './said.ts';
export { type Found, type Hit, type Rank, createSearch, wordsOf } from './search.ts';
export {
  type Contradiction,
  bestColleague,
  contradictionOf,
  isCall,
  isFree,
  isOnThePhone,
  isReachable,
  isRinging,
  lateBy,
  phoneLamp,
  phoneSince,
} from './sense.ts';
