declare module 'asterisk-manager' {
  import type { NetConnectOpts } from 'node:net';

  /** The parts of asterisk-manager 0.2.0 that this package relies on. */
  export interface Manager {
    connect(options: NetConnectOpts, host: undefined, onConnect: () => void): void;
    login(callback: (error?: unknown) => void): void;
    action(action: Record<string, string>): string;
    on(event: 'rawevent', listener: (block: Record<string, unknown>) => void): void;
    on(event: 'error', listener: (error: NodeJS.ErrnoException) => void): void;
    on(event: 'close', listener: () => void): void;
    removeAllListeners(event: string): void;
  }

  const createManager: new (port: null, host: string, username: string, secret: string) => Manager;
  export default createManager;
}
