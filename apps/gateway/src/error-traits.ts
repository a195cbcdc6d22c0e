const MAX_FRAMES = 8;

/** What may be logged of an error: its kind, code and place. Its message may hold text that somebody typed. */
export function traitsOf(error: unknown): object {
  if (!(error instanceof Error)) return { error: typeof error };
  const { name, stack = '' } = error;
  const frames = stack.match(/^ +at .*$/gm) ?? [];
  return {
    error: name,
    code: 'code' in error ? error.code : undefined,
    at: frames.slice(0, MAX_FRAMES).map((frame) => frame.trim()),
  };
}
