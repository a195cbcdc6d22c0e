import { rename, writeFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import type { Random } from '@lampboard/demo-pbx';
import { type Limits, NO_LIMITS, NOT_SET, SETTABLE_STATES } from '@lampboard/protocol';
import type { RealAsterisk } from '../asterisk/start-asterisk.ts';
import { POOL_PASSWORD } from '../gateway/account-pool.ts';
import { postCommand, signIn } from '../gateway/http-client.ts';
import type { RunningGateway } from '../gateway/start-gateway.ts';
import type { Hint } from '../pbx/pbx-under-test.ts';
import type { CreateToken, LeakOracle } from './leak-oracle.ts';

/** Contexts of the PBX and departments of its people. */
export const CONTEXTS = { first: 'zctx1q', second: 'zctx2q', hidden: 'zctx3q' } as const;
export const DEPARTMENTS = ['zdept1q', 'zdept2q', 'zdept3q'] as const;

const EXTENSIONS_PER_CONTEXT = 8;
const DEVICE_STATES = ['NOT_INUSE', 'INUSE', 'BUSY', 'UNAVAILABLE', 'RINGING', 'RINGINUSE', 'ONHOLD'];
const ACTION_INTERVAL_MS = 40;
/** Actions that happen once in so many. */
const [DIRECTORY_EVERY, RENAME_EVERY, RELOAD_EVERY] = [60, 70, 140];

const HIDDEN_NUMBER = `0@${CONTEXTS.hidden}`;

/** One of the site's phones, whose hint may be in several contexts. */
interface Phone {
  readonly device: string;
  readonly provider: string;
  /** `exten@context`. */
  readonly numbers: readonly string[];
}

/** Returns phones in each context, and two with a number in the first context and another in the hidden one. */
export function createPhones(token: CreateToken): readonly Phone[] {
  const phone = (...contexts: readonly string[]): Phone => ({
    device: `Custom:${token('lamp')}`,
    provider: `CustomPresence:${token('prov')}`,
    numbers: contexts.map((context) => `${token('num')}@${context}`),
  });
  const { first, second, hidden } = CONTEXTS;
  return [
    ...[first, second, hidden].flatMap((context) =>
      Array.from({ length: EXTENSIONS_PER_CONTEXT }, () => phone(context)),
    ),
    phone(first, hidden),
    phone(hidden, first),
  ];
}

export function hintsOf(phones: readonly Phone[]): Hint[] {
  return phones.flatMap(({ device, provider, numbers }) =>
    numbers.map((number) => {
      const [exten = '', context = ''] = number.split('@');
      return { exten, context, hint: `${device},${provider}` };
    }),
  );
}

interface Editor {
  readonly cookie: string;
  name: string;
  /** Whose presence it sets. */
  readonly canEdit: (id: string) => boolean;
}

interface LifeOptions {
  readonly asterisk: Pick<RealAsterisk, 'setLamp' | 'setPresence' | 'reload'>;
  readonly gateway: RunningGateway;
  readonly directoryFile: string;
  readonly phones: readonly Phone[];
  readonly token: CreateToken;
  readonly random: Random;
  readonly oracle: Pick<LeakOracle, 'board' | 'typed'>;
}

/** Random lamps, presences, edits, names, departments, renamed accounts, and hints that come, go and move. */
export async function createRandomLife(options: LifeOptions) {
  const { asterisk, gateway, directoryFile, phones, token, random, oracle } = options;
  const admin = await signIn(gateway, 'ada');
  const isHidden = (id: string) => id.endsWith(`@${CONTEXTS.hidden}`);
  const editorNames = new Set<string>();
  const editors = [
    await createEditor((id) => !isHidden(id)),
    await createEditor((id) => !isHidden(id)),
    await createEditor(isHidden),
  ];
  const one = <T>(list: readonly T[]): T => {
    const found = random.pick(list);
    if (found === undefined) throw new Error('There is nothing to pick from.');
    return found;
  };

  async function createEditor(canEdit: Editor['canEdit']): Promise<Editor> {
    const name = token('acc');
    if (!canEdit(HIDDEN_NUMBER)) editorNames.add(name);
    await addReceptionist(gateway, admin, name, null);
    return { name, canEdit, cookie: await signIn(gateway, { account: name, password: POOL_PASSWORD }) };
  }

  async function edit(): Promise<void> {
    const editor = one(editors);
    const extension = one([...oracle.board().extensions.values()].filter(({ id }) => editor.canEdit(id)));
    const presence = { state: one(SETTABLE_STATES), subtype: token('sub'), message: token('msg') };
    oracle.typed(extension.id, presence.subtype);
    oracle.typed(extension.id, presence.message);
    const returnTime = random.chance(0.2) ? { at: Date.now() + 3000, thenState: 'available' as const } : null;
    await postCommand(gateway, editor.cookie, 'set-presence', {
      id: extension.id,
      presence,
      // Sometimes a conflict.
      base: random.chance(0.1) ? NOT_SET : (extension.presence ?? NOT_SET),
      returnTime,
    });
  }

  async function setByPhone(): Promise<void> {
    const text = { subtype: token('sub'), message: token('msg') };
    await asterisk.setPresence(one(phones).provider, { state: one(SETTABLE_STATES), ...text });
  }

  async function writeDirectory(): Promise<void> {
    const rows = phones.flatMap(({ numbers }) => {
      const person = [token('name'), one(DEPARTMENTS), `${token('mail')}@example.org`, token('mob')];
      return random.chance(0.1) ? [] : [[numbers[0], ...person].join(',')];
    });
    const text = ['extension,name,department,email,mobile', ...rows, ''].join('\n');
    await writeFile(`${directoryFile}.new`, text);
    await rename(`${directoryFile}.new`, directoryFile);
  }

  async function renameEditor(): Promise<void> {
    const editor = one(editors);
    const name = token('acc');
    const settings = { role: 'receptionist' as const, extensions: [], disabled: false };
    await postCommand(gateway, admin, 'change-account', { account: editor.name, name, settings });
    editor.name = name;
    if (!editor.canEdit(HIDDEN_NUMBER)) editorNames.add(name);
  }

  /** Takes some hints away and moves others to another context, until the next reload. */
  async function reload(): Promise<void> {
    const moved = phones
      .filter(() => random.chance(0.9))
      .map((phone) => {
        if (phone.numbers.length > 1 || random.chance(0.8)) return phone;
        return { ...phone, numbers: [`${token('num')}@${one(Object.values(CONTEXTS))}`] };
      });
    await asterisk.reload(hintsOf(moved));
  }

  async function act(count: number): Promise<void> {
    if (count % RELOAD_EVERY === 0) return reload();
    if (count % RENAME_EVERY === 0) return renameEditor();
    if (count % DIRECTORY_EVERY === 0) {
      await writeDirectory();
      gateway.child().signal('SIGHUP');
      return;
    }
    if (random.chance(0.3)) return edit();
    if (random.chance(0.5)) return setByPhone();
    return asterisk.setLamp(one(phones).device, one(DEVICE_STATES));
  }

  return {
    writeDirectory,
    /** All names of the accounts that edit extensions outside the hidden context. */
    editorNames,
    async run(ms: number) {
      const end = performance.now() + ms;
      const running = new Set<Promise<void>>();
      for (let count = 1; performance.now() < end; count += 1) {
        const action = act(count).finally(() => running.delete(action));
        running.add(action);
        await delay(ACTION_INTERVAL_MS);
      }
      await Promise.all(running);
    },
  };
}

export async function addReceptionist(
  gateway: { url: string },
  admin: string,
  name: string,
  limits: Limits | null,
): Promise<void> {
  const settings = { role: 'receptionist' as const, extensions: [], disabled: false, limits };
  await postCommand(gateway, admin, 'add-account', { name, password: POOL_PASSWORD, settings });
}

export const limitedTo = (limits: Partial<Limits>): Limits => ({ ...NO_LIMITS, ...limits });
