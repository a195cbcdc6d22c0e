/** What the board said of an edit. */
export type EditOutcome = 'acknowledged' | 'rejected' | 'unknown';

/** One edit, by the token that its message is; moments by `performance.now`. */
interface LedgerEntry {
  readonly sentAt: number;
  answer: { readonly kind: EditOutcome; readonly code: string; readonly timestamp: number } | null;
  readonly confirmedAt: number[];
}

/** Between these moments something held up what was sent to Asterisk, or Asterisk was not heard. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

export interface LedgerReport {
  /** How many edits were answered so. */
  readonly results: Readonly<Record<string, number>>;
  /** Acknowledged while the tests' own link to Asterisk broke: it can't be said whether Asterisk told of them. */
  readonly unobserved: number;
  /** Done after “not known” was answered, by a network or an Asterisk that held them up. */
  readonly delayed: number;
  readonly violations: readonly string[];
}

/** What was wanted, what was answered, and what Asterisk itself tells of it. */
export interface EditLedger {
  sent(token: string, timestamp: number): void;
  answered(token: string, timestamp: number, kind: EditOutcome, code: string): void;
  /** Asterisk tells that it has done it. */
  confirmed(token: string, timestamp: number): void;
  report(spans: { readonly delayed: readonly Span[]; readonly unobserved: readonly Span[] }): LedgerReport;
}

/** Asterisk's word and the answer come by two ways; so many milliseconds apart they count as one moment. */
const SIMULTANEOUS_MS = 300;
/** What is acknowledged was read back before; Asterisk's own word of it may take so long where the machine is busy. */
export const CONFIRMATION_TIMEOUT_MS = 800;

export function createEditLedger(): EditLedger {
  const startedAt = performance.now();
  const entries = new Map<string, LedgerEntry>();

  return {
    sent: (token, timestamp) => void entries.set(token, { sentAt: timestamp, answer: null, confirmedAt: [] }),
    answered(token, timestamp, kind, code) {
      const entry = entries.get(token);
      if (entry !== undefined) entry.answer = { kind, code, timestamp };
    },
    confirmed: (token, timestamp) => void entries.get(token)?.confirmedAt.push(timestamp),
    report({ delayed, unobserved }) {
      const results: Record<string, number> = {};
      const violations: string[] = [];
      const count = { unobserved: 0, delayed: 0 };
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
