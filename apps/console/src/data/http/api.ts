import {
  type CommandName,
  type CommandReply,
  type CommandRequest,
  type Failure,
  failure,
  invitation,
  replySchema,
  signInOptions,
  signInReply,
} from '@lampboard/protocol';
import * as z from 'zod/mini';
import { createHttpClient } from './http.ts';

export type ApiReply<N extends CommandName> = CommandReply<N> | Failure;
export type Api = ReturnType<typeof createApi>;

const optionsReply = z.union([z.object({ ok: z.literal(true), value: signInOptions }), failure]);
const invitationReply = z.union([z.object({ ok: z.literal(true), value: invitation }), failure]);
const emptyReply = z.union([z.object({ ok: z.literal(true), value: z.null() }), failure]);

/** The gateway's HTTP API; requests are never repeated. `onSignedOut`: a command failed since the session ended. */
export function createApi({
  fetch = (...request) => globalThis.fetch(...request),
  onSignedOut,
}: { fetch?: typeof globalThis.fetch; onSignedOut?: () => void } = {}) {
  const http = createHttpClient(fetch);
  return {
    sendCommand: async <N extends CommandName>(
      command: N,
      request: CommandRequest<N>,
    ): Promise<ApiReply<N>> => {
      const { reply } = await http(`/api/commands/${command}`, replySchema(command), request);
      if (!reply.ok && reply.code === 'signed-out') onSignedOut?.();
      return reply;
    },
    me: async () => (await http('/api/me', signInReply)).reply,
    signInOptions: async () => (await http('/api/sign-in', optionsReply)).reply,
    signIn: (body: { account: string; password: string }) => http('/api/sign-in', signInReply, body),
    signInDemo: (body: { account: string }) => http('/api/sign-in/demo', signInReply, body),
    setupAdmin: (body: { token: string; account: string; password: string }) =>
      http('/api/sign-in/first', signInReply, body),
    /** Checks the token of the link that creates the first administrator. */
    checkSetupLink: async (body: { token: string }) =>
      (await http('/api/sign-in/first-link', emptyReply, body)).reply,
    /** Checks the token of an invitation. */
    checkInvitation: async (body: { token: string }) =>
      (await http('/api/sign-in/invitation-link', invitationReply, body)).reply,
    acceptInvitation: (body: { token: string; password: string }) =>
      http('/api/sign-in/invitation', signInReply, body),
    signOut: async () => (await http('/api/sign-out', emptyReply, {})).reply,
  };
}
