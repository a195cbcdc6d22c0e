export * from './board.ts';
export * from './facts.ts';
export * from './hint.ts';
export * from './lamp.ts';
export * from './reduce.ts';
