import { type CommandReply, TEMPLATES_MAX, type Template, checkPresence } from '@lampboard/protocol';
import { refuse } from '../refuse.ts';
import type { ListLastUsed } from '../templates/last-used.ts';
import type { Owner, TemplateStore } from '../templates/template-store.ts';
import type { Handlers } from './commands.ts';

const DONE = { ok: true, value: null } as const;
const FULL = refuse(
  'full',
  `There are ${TEMPLATES_MAX} templates already. Remove one you no longer need; nothing was changed.`,
);

type TemplateCommand =
  | 'list-templates'
  | 'save-template'
  | 'remove-template'
  | 'save-site-template'
  | 'remove-site-template'
  | 'list-last-used';

/** Presences to be set with one key or tap, an account's own and the site's, and what was used last. */
export function createTemplateCommands({
  templates,
  lastUsed,
}: {
  templates: TemplateStore;
  lastUsed: ListLastUsed;
}): Pick<Handlers, TemplateCommand> {
  function save(owner: Owner, template: Template): CommandReply<'save-template'> {
    const checked = checkPresence(template);
    if (!checked.ok) return checked;
    return templates.save(owner, { ...template, ...checked.presence }) ? DONE : FULL;
  }
  function remove(owner: Owner, id: string): typeof DONE {
    templates.remove(owner, id);
    return DONE;
  }

  return {
    'list-templates': (_, { account }) => ({
      ok: true,
      value: { own: templates.list(account.id), site: templates.list(null) },
    }),
    'save-template': ({ template }, { account }) => save(account.id, template),
    'remove-template': ({ template }, { account }) => remove(account.id, template),
    'save-site-template': ({ template }) => save(null, template),
    'remove-site-template': ({ template }) => remove(null, template),
    'list-last-used': (_, { account }) => ({ ok: true, value: lastUsed(account) }),
  };
}
