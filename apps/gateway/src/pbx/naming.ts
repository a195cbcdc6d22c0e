import { setTimeout as sleep } from 'node:timers/promises';
import type { AmiClient } from '@lampboard/ami';
import { type Fact, type HintFact, extensionId, parseHint, unknownPerson } from '@lampboard/board';
import type { Person } from '@lampboard/protocol';
import { type Directory, personOf } from './directory.ts';
import { getvar } from './getvar.ts';

/** Names are asked for a few at a time, so that lamps are not kept waiting behind them. */
const BATCH = 50;
const PAUSE_MS = 20;

/** Who sits at an extension: the directory's word, else Asterisk's, else the number. */
export interface Naming {
  /** What is known by now. */
  facts(hints: readonly HintFact[]): Fact[];
  /** Asks Asterisk for the names that are not known; each extension is asked for once between two `forget`. */
  ask(hints: readonly HintFact[], onFacts: (facts: readonly Fact[]) => void): Promise<void>;
  /** Asterisk may name them otherwise by now. */
  forget(): void;
}

export function createNaming({
  directory,
  ami,
}: {
  directory: Directory;
  ami: Pick<AmiClient, 'send'>;
}): Naming {
  const learnt = new Map<string, Person>();
  let asked = new Set<string>();

  async function read(variable: string): Promise<string> {
    const answer = await getvar(ami, variable);
    return answer.ok ? answer.value : '';
  }

  /** The hint's own name, `hint,PJSIP/1101(Alice Chen)`, else the caller ID of its PJSIP endpoint, as FreePBX sets it. */
  async function nameOf({ exten, context, hint }: HintFact): Promise<string> {
    const own = isPlain(exten) && isPlain(context) ? await read(`HINT(${exten}@${context},n)`) : '';
    if (own !== '') return unquote(own);
    const endpoint = parseHint(hint)
      .devices.map((device) => /^PJSIP\/(.+)$/.exec(device)?.[1])
      .find((name) => name !== undefined && isPlain(name));
    return endpoint === undefined ? '' : callerName(await read(`PJSIP_ENDPOINT(${endpoint},callerid)`));
  }

  return {
    facts: (hints) =>
      hints.flatMap(({ exten, context }) => {
        const id = extensionId(exten, context);
        const person = personOf(directory, exten, context) ?? learnt.get(id);
        return person === undefined ? [] : [{ kind: 'person', id, person }];
      }),
    async ask(hints, onFacts) {
      const unknown = hints.filter(({ exten, context }) => {
        const id = extensionId(exten, context);
        return personOf(directory, exten, context) === undefined && !asked.has(id);
      });
      const mine = asked;
      for (const { exten, context } of unknown) mine.add(extensionId(exten, context));
      for (let at = 0; at < unknown.length && mine === asked; at += BATCH) {
        const batch = unknown.slice(at, at + BATCH);
        const names = await Promise.all(batch.map(nameOf));
        const facts = batch.flatMap((hint, index): Fact[] => {
          const name = names[index] ?? '';
          if (name === '') return [];
          const id = extensionId(hint.exten, hint.context);
          const person = { ...unknownPerson(hint.exten), name };
          learnt.set(id, person);
          return [{ kind: 'person', id, person }];
        });
        onFacts(facts);
        await sleep(PAUSE_MS);
      }
    },
    forget() {
      asked = new Set();
    },
  };
}

/** Safe inside the brackets of a dialplan function. */
const isPlain = (text: string) => /^[^\s,()"\\@]+$/u.test(text);

/** The name in `"Alice Chen" <1104>`; empty where there is only a number. */
function callerName(callerId: string): string {
  const name = /^(.*)<[^<>]*>$/s.exec(callerId)?.[1] ?? '';
  return unquote(name.trim());
}

function unquote(text: string): string {
  const quoted = /^"(.*)"$/s.exec(text)?.[1];
  return quoted === undefined ? text : quoted.replaceAll(/\\(.)/gs, '$1');
}
