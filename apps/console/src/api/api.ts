import {
  type CommandName,
  type CommandReply,
  type CommandRequest,
  type Failure,
  type SignInOptions,
  type SignInReply,
  failure,
  replySchema,
  signInOptions,
  signInReply,
} from '@lampboard/protocol';
import * as z from 'zod/mini';
import { type Answer, createCall } from './call.ts';

/** The commands that go over HTTP; `set-presence` goes with the board, over its socket. */
export type ApiCommand = Exclude<CommandName, 'set-presence'>;
export type ApiReply<N extends ApiCommand> = CommandReply<N> | Failure;

type OptionsReply = { readonly ok: true; readonly value: SignInOptions } | Failure;
type DoneReply = { readonly ok: true; readonly value: null } | Failure;

/** Everything the page asks of the gateway over HTTP. Nothing is sent twice; failures are values. */
export interface Api {
  ask: <N extends ApiCommand>(command: N, request: CommandRequest<N>) => Promise<ApiReply<N>>;
  me: () => Promise<SignInReply>;
  signInOptions: () => Promise<OptionsReply>;
  signIn: (wanted: { account: string; password: string }) => Promise<Answer<SignInReply>>;
  signInDemo: (wanted: { account: string }) => Promise<Answer<SignInReply>>;
  signInFirst: (wanted: { token: string; account: string; password: string }) => Promise<Answer<SignInReply>>;
  /** Checks the token of the link that makes the first administrator. */
  checkFirstLink: (wanted: { token: string }) => Promise<DoneReply>;
  signOut: () => Promise<DoneReply>;
}

interface ApiOptions {
  fetch?: typeof globalThis.fetch;
  /** A command was refused because there is no session any more. */
  onSignedOut?: () => void;
}

const optionsReply = z.union([z.object({ ok: z.literal(true), value: signInOptions }), failure]);
const doneReply = z.union([z.object({ ok: z.literal(true), value: z.null() }), failure]);

export function createApi({
  fetch = (...request) => globalThis.fetch(...request),
  onSignedOut,
}: ApiOptions = {}): Api {
  const call = createCall({ fetch });
  return {
    ask: async (command, request) => {
      const { reply } = await call(`/api/commands/${command}`, replySchema(command), request);
      if (!reply.ok && reply.code === 'signed-out') onSignedOut?.();
      return reply;
    },
    me: async () => (await call('/api/me', signInReply)).reply,
    signInOptions: async () => (await call('/api/sign-in', optionsReply)).reply,
    signIn: (wanted) => call('/api/sign-in', signInReply, wanted),
    signInDemo: (wanted) => call('/api/sign-in/demo', signInReply, wanted),
    signInFirst: (wanted) => call('/api/sign-in/first', signInReply, wanted),
    checkFirstLink: async (wanted) => (await call('/api/sign-in/first-link', doneReply, wanted)).reply,
    signOut: async () => (await call('/api/sign-out', doneReply, {})).reply,
  };
}
