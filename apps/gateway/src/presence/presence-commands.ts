import {
  type CommandReply,
  MAX_TEMPLATES,
  type PresenceTemplate,
  validatePresence,
} from '@lampboard/protocol';
import { DONE, failure } from '../platform/failure.ts';
import type { ListRecentValues } from './recent-values.ts';
import type { Owner, TemplateStore } from './template-store.ts';
import type { CommandHandlers } from '../auth/dispatcher.ts';
import type { EditPresence } from './set-presence.ts';
import type { PresenceLog } from './presence-log.ts';
import { assignedSince } from '../auth/stored-account.ts';

const LIMIT_REACHED = failure(
  'limit-reached',
  `There are already ${MAX_TEMPLATES} templates. Nothing was changed; remove one first.`,
);

interface PresenceCommandsOptions {
  edit: EditPresence;
  presenceLog: Pick<PresenceLog, 'list'>;
  templates: TemplateStore;
  recentValues: ListRecentValues;
  aliasesOf: (id: string) => readonly string[];
}

export function createPresenceCommands(options: PresenceCommandsOptions) {
  const { edit, presenceLog, templates, recentValues, aliasesOf } = options;
  function save(owner: Owner, template: PresenceTemplate): CommandReply<'save-template'> {
    const validated = validatePresence(template);
    if (!validated.ok) return validated;
    return templates.save(owner, { ...template, ...validated.presence }) ? DONE : LIMIT_REACHED;
  }
  function remove(owner: Owner, id: string): typeof DONE {
    templates.remove(owner, id);
    return DONE;
  }

  return {
    'set-presence': (command, { account: { id, name } }) =>
      edit(command, { kind: 'account', name, accountId: id }),
    'list-presence-changes': ({ id }, { account }) => ({
      ok: true,
      value: presenceLog.list(id, { since: assignedSince(account, id), aliases: aliasesOf(id) }),
    }),
    'list-templates': (_, { account }) => ({
      ok: true,
      value: { user: templates.list(account.id), site: templates.list(null) },
    }),
    'save-template': ({ template }, { account }) => save(account.id, template),
    'remove-template': ({ template }, { account }) => remove(account.id, template),
    'save-site-template': ({ template }) => save(null, template),
    'remove-site-template': ({ template }) => remove(null, template),
    'list-recent-values': (_, { account }) => ({ ok: true, value: recentValues(account) }),
  } satisfies Partial<CommandHandlers>;
}
