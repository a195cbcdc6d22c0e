/** What the board said of an edit. */
export type Answer = 'acknowledged' | 'refused' | 'not known';

/** One edit, by the token that its message is; moments by `performance.now`. */
interface Entry {
  readonly sentAt: number;
  answer: { readonly kind: Answer; readonly code: string; readonly at: number } | null;
  readonly toldAt: number[];
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
  readonly unheard: number;
  /** Done after “not known” was answered, by a network or an Asterisk that held them up. */
  readonly heldUp: number;
  readonly violations: readonly string[];
}

/** What was wanted, what was answered, and what Asterisk itself tells of it. */
export interface EditLedger {
  sent(token: string, at: number): void;
  answered(token: string, at: number, kind: Answer, code: string): void;
  /** Asterisk tells that it has done it. */
  told(token: string, at: number): void;
  report(spans: { readonly heldUp: readonly Span[]; readonly unheard: readonly Span[] }): LedgerReport;
}

/** Asterisk's word and the answer come by two ways; so many milliseconds apart they count as one moment. */
const SAME_MOMENT_MS = 300;
/** What is acknowledged was read back before; Asterisk's own word of it may take so long where the machine is busy. */
export const TOLD_MS = 800;

export function createEditLedger(): EditLedger {
  const startedAt = performance.now();
  const entries = new Map<string, Entry>();

  return {
    sent: (token, at) => void entries.set(token, { sentAt: at, answer: null, toldAt: [] }),
    answered(token, at, kind, code) {
      const entry = entries.get(token);
      if (entry !== undefined) entry.answer = { kind, code, at };
    },
    told: (token, at) => void entries.get(token)?.toldAt.push(at),
    report({ heldUp, unheard }) {
      const results: Record<string, number> = {};
      const violations: string[] = [];
      const count = { unheard: 0, heldUp: 0 };
      for (const [token, { sentAt, answer, toldAt }] of entries) {
        const result = answer === null ? 'no answer' : answer.code;
        results[result] = (results[result] ?? 0) + 1;
        const answeredAt = answer?.at ?? sentAt;
        const spanOf = (spans: readonly Span[]) =>
          spans.find(({ from, to }) => from <= answeredAt && to >= sentAt);
        const answeredIn = ((answeredAt - startedAt) / 1000).toFixed(1);
        const wrong = (what: string) =>
          violations.push(`edit ${token} (${result}, at ${answeredIn} s) ${what}`);
        if (answer === null) wrong('was never answered');
        if (toldAt.length > 1) wrong(`was done ${toldAt.length} times`);
        const [told] = toldAt;
        if (answer?.kind === 'refused' && told !== undefined)
          wrong(`was done all the same, ${late(told, answeredAt)}`);
        if (answer?.kind === 'acknowledged' && told === undefined) {
          if (spanOf(unheard) === undefined) wrong('is not in Asterisk');
          else count.unheard += 1;
        }
        const sameMs = answer?.kind === 'acknowledged' ? TOLD_MS : SAME_MOMENT_MS;
        if (told === undefined || told <= answeredAt + sameMs) continue;
        const span = spanOf(heldUp);
        if (answer?.kind === 'not known' && span !== undefined && told <= span.to + SAME_MOMENT_MS)
          count.heldUp += 1;
        else wrong(`was done late, ${late(told, answeredAt)}`);
      }
      return { results, violations, ...count };
    },
  };
}

function late(told: number, answeredAt: number): string {
  return `${Math.round(told - answeredAt)} ms after the answer`;
}
