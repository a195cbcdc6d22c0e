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
import { type HttpReply, createHttpClient } from './http.ts';

/** Commands over HTTP; `set-presence` goes over the socket. */
export type ApiCommand = Exclude<CommandName, 'set-presence'>;
export type ApiReply<N extends ApiCommand> = CommandReply<N> | Failure;

type OptionsReply = { readonly ok: true; readonly value: SignInOptions } | Failure;
type EmptyReply = { readonly ok: true; readonly value: null } | Failure;

/** The gateway's HTTP API. Requests are never repeated; failures are values. */
export interface Api {
  sendCommand: <N extends ApiCommand>(command: N, request: CommandRequest<N>) => Promise<ApiReply<N>>;
  me: () => Promise<SignInReply>;
  signInOptions: () => Promise<OptionsReply>;
  signIn: (body: { account: string; password: string }) => Promise<HttpReply<SignInReply>>;
  signInDemo: (body: { account: string }) => Promise<HttpReply<SignInReply>>;
  setupAdmin: (body: { token: string; account: string; password: string }) => Promise<HttpReply<SignInReply>>;
  /** Checks the token of the link that creates the first administrator. */
  checkSetupLink: (body: { token: string }) => Promise<EmptyReply>;
  signOut: () => Promise<EmptyReply>;
}

interface ApiOptions {
  fetch?: typeof globalThis.fetch;
  /** Called when a command failed because the session has ended. */
  onSignedOut?: () => void;
}

const optionsReply = z.union([z.object({ ok: z.literal(true), value: signInOptions }), failure]);
const emptyReply = z.union([z.object({ ok: z.literal(true), value: z.null() }), failure]);

export function createApi({
  fetch = (...request) => globalThis.fetch(...request),
  onSignedOut,
}: ApiOptions = {}): Api {
  const http = createHttpClient({ fetch });
  return {
    sendCommand: async (command, request) => {
      const { reply } = await http(`/api/commands/${command}`, replySchema(command), request);
      if (!reply.ok && reply.code === 'signed-out') onSignedOut?.();
      return reply;
    },
    me: async () => (await http('/api/me', signInReply)).reply,
    signInOptions: async () => (await http('/api/sign-in', optionsReply)).reply,
    signIn: (body) => http('/api/sign-in', signInReply, body),
    signInDemo: (body) => http('/api/sign-in/demo', signInReply, body),
    setupAdmin: (body) => http('/api/sign-in/first', signInReply, body),
    checkSetupLink: async (body) => (await http('/api/sign-in/first-link', emptyReply, body)).reply,
    signOut: async () => (await http('/api/sign-out', emptyReply, {})).reply,
  };
}
