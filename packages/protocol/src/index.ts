export * from './commands.ts';
export * from './link.ts';
export * from './live.ts';
export * from './presence-limits.ts';
export * from './presence.ts';
export * from './result.ts';
export * from './row.ts';
export * from './vocabulary.ts';
