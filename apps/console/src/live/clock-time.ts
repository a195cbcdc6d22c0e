const DAY_MS = 24 * 60 * 60 * 1000;

/** `14:02` for a moment of the last day, with the date before it otherwise. `ms`: since 1970. */
export function clockTime(ms: number, now: number): string {
  const date = new Date(ms);
  const time = date.toLocaleTimeString(undefined, { hour: '2-digit', minute: '2-digit' });
  return now - ms < DAY_MS
    ? time
    : `${date.toLocaleDateString(undefined, { day: 'numeric', month: 'short' })}, ${time}`;
}
