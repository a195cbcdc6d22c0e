export type EditOutcome = 'acknowledged' | 'rejected' | 'unknown';

interface LedgerEntry {
  readonly sentAt: number;
  answer: { readonly kind: EditOutcome; readonly code: string; readonly timestamp: number } | null;
  readonly confirmedAt: number[];
}

/** A period in which traffic to Asterisk was delayed, or Asterisk was not observed. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** Requested edits, their results, and their confirmations by Asterisk. */
export type EditLedger = ReturnType<typeof createEditLedger>;
export type LedgerReport = ReturnType<EditLedger['report']>;

/** Milliseconds within which confirmation and answer, which arrive on different ways, are simultaneous. */
const SIMULTANEOUS_MS = 300;
/** An acknowledged edit was read back before; the event may take this long on a busy machine. */
export const CONFIRMATION_TIMEOUT_MS = 800;

export function createEditLedger() {
  const startedAt = performance.now();
  const entries = new Map<string, LedgerEntry>();

  return {
    sent: (token: string, timestamp: number) =>
      void entries.set(token, { sentAt: timestamp, answer: null, confirmedAt: [] }),
    answered(token: string, timestamp: number, kind: EditOutcome, code: string) {
      const entry = entries.get(token);
      if (entry !== undefined) entry.answer = { kind, code, timestamp };
    },
    confirmed: (token: string, timestamp: number) => void entries.get(token)?.confirmedAt.push(timestamp),
    report({ delayed, unobserved }: Readonly<Record<'delayed' | 'unobserved', readonly Span[]>>) {
      /** Number of edits by result. */
      const results: Record<string, number> = {};
      const violations: string[] = [];
      const count = {
        /** Acknowledged while the monitor had no link to Asterisk, which may have missed a confirmation. */
        unobserved: 0,
        /** Confirmed after the result “unknown”, due to a network or an Asterisk that delayed them. */
        delayed: 0,
      };
      for (const [token, { sentAt, answer, confirmedAt }] of entries) {
        const result = answer === null ? 'no answer' : answer.code;
        results[result] = (results[result] ?? 0) + 1;
        const answeredAt = answer?.timestamp ?? sentAt;
        const spanOf = (spans: readonly Span[]) =>
          spans.find(({ from, to }) => from <= answeredAt && to >= sentAt);
        const answeredIn = ((answeredAt - startedAt) / 1000).toFixed(1);
        const addViolation = (what: string) =>
          violations.push(`edit ${token} (${result}, at ${answeredIn} s) ${what}`);
        if (answer === null) addViolation('was never answered');
        if (confirmedAt.length > 1) addViolation(`was done ${confirmedAt.length} times`);
        const [firstConfirmedAt] = confirmedAt;
        if (answer?.kind === 'rejected' && firstConfirmedAt !== undefined)
          addViolation(`was done all the same, ${latenessText(firstConfirmedAt, answeredAt)}`);
        if (answer?.kind === 'acknowledged' && firstConfirmedAt === undefined) {
          if (spanOf(unobserved) === undefined) addViolation('is not in Asterisk');
          else count.unobserved += 1;
        }
        const sameMs = answer?.kind === 'acknowledged' ? CONFIRMATION_TIMEOUT_MS : SIMULTANEOUS_MS;
        if (firstConfirmedAt === undefined || firstConfirmedAt <= answeredAt + sameMs) continue;
        const span = spanOf(delayed);
        if (answer?.kind === 'unknown' && span !== undefined && firstConfirmedAt <= span.to + SIMULTANEOUS_MS)
          count.delayed += 1;
        else addViolation(`was done late, ${latenessText(firstConfirmedAt, answeredAt)}`);
      }
      return { results, violations, ...count };
    },
  };
}

function latenessText(confirmedAt: number, answeredAt: number): string {
  return `${Math.round(confirmedAt - answeredAt)} ms after the answer`;
}
