import type { AmiListener } from '@lampboard/ami';
import type { SignIn } from '../accounts/sign-in.ts';
import type { Clock } from '../clock.ts';
import type { Dispatch } from '../commands/commands.ts';
import type { Lister } from '../pbx/lister.ts';
import type { Metrics } from './metrics.ts';

/** The same, with all that comes in from Asterisk counted. */
export function countAmi(listener: AmiListener, metrics: Metrics): AmiListener {
  return {
    onState(state) {
      metrics.amiState(state.kind);
      listener.onState(state);
    },
    onEvent(event) {
      metrics.amiEvent(event.name);
      listener.onEvent(event);
    },
    onDoubted(subject) {
      metrics.amiDoubted();
      listener.onDoubted(subject);
    },
    onGap: listener.onGap,
  };
}

/** The same, with the time taken that each list takes. */
export function timeLists(lister: Lister, metrics: Metrics, { elapsed }: Clock): Lister {
  return {
    ...lister,
    async list(options) {
      const began = elapsed();
      const listed = await lister.list(options);
      metrics.listed(elapsed() - began, listed.ok);
      return listed;
    },
  };
}

export function countCommands(dispatch: Dispatch, metrics: Metrics): Dispatch {
  return async (name, request, session) => {
    const reply = await dispatch(name, request, session);
    metrics.command(name, resultOf(reply));
    return reply;
  };
}

export function countSignIns(signIn: SignIn, metrics: Metrics): SignIn {
  return {
    ...signIn,
    async byPassword(account, password, address) {
      const result = await signIn.byPassword(account, password, address);
      metrics.signIn('password', resultOf(result));
      return result;
    },
    asDemo(account, address) {
      const result = signIn.asDemo(account, address);
      metrics.signIn('demo', resultOf(result));
      return result;
    },
  };
}

function resultOf(reply: { readonly ok: true } | { readonly ok: false; readonly code: string }): string {
  return reply.ok ? 'ok' : reply.code;
}
