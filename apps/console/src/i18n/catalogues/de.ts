import type { Messages } from '../translate.ts';

export const messages: Messages = {
  'lamp.idle': 'Frei',
  'lamp.in-use': 'Im Gespräch',
  'lamp.busy': 'Besetzt',
  'lamp.unavailable': 'Nicht erreichbar',
  'lamp.ringing': 'Es klingelt',
  'lamp.in-use-ringing': 'Im Gespräch, es klingelt',
  'lamp.on-hold': 'Gehalten',
  'lamp.in-use-on-hold': 'Im Gespräch, eines gehalten',
  'lamp.unknown': 'Unbekannt',

  'presence.available': 'Verfügbar',
  'presence.chat': 'Chat',
  'presence.away': 'Abwesend',
  'presence.xa': 'Länger abwesend',
  'presence.dnd': 'Nicht stören',
  'presence.unavailable': 'Nicht verfügbar',
  'presence.not_set': 'Nicht gesetzt',

  'role.user': 'Benutzer',
  'role.receptionist': 'Empfang',
  'role.admin': 'Administrator',

  'time.under-a-minute': '<1 Min.',
  'time.minutes': '{count} Min.',
  'time.hours': '{count} Std.',
  'time.days': '{count} T.',
  'time.day-and-time': '{day}, {time}',

  'failure.invalid':
    'Das Gateway hat die Anfrage nicht verstanden. Es wurde nichts geändert. Bitte laden Sie die Seite neu und versuchen Sie es noch einmal.',
  'failure.unknown-extension':
    'Diese Nebenstelle gibt es auf der Tafel nicht mehr. Es wurde nichts geändert; Ihr Text bleibt erhalten.',
  'failure.no-presence':
    'Der Status dieser Nebenstelle lässt sich nicht setzen. Es wurde nichts geändert.',
  'failure.unknown-state':
    'Diesen Status gibt es nicht. Es wurde nichts geändert. Bitte wählen Sie einen der sechs.',
  'failure.not-text':
    'Zusatz oder Nachricht enthält Zeichen, die kein Text sind. Es wurde nichts geändert. Bitte entfernen Sie sie und speichern Sie noch einmal.',
  'failure.too-long':
    'Der Text ist länger, als Asterisk ihn annimmt. Es wurde nichts geändert. Bitte kürzen Sie ihn.',
  'failure.link-down':
    'Zu Asterisk besteht gerade keine Verbindung. Ihr Text bleibt erhalten: Speichern Sie ihn, sobald die Tafel wieder live ist.',
  'failure.timeout':
    'Es kam rechtzeitig keine Antwort; ob etwas geändert wurde, ist nicht bekannt. Ihre Eingabe bleibt erhalten: Bitte vergleichen Sie und versuchen Sie es bei Bedarf noch einmal.',
  'failure.refused-by-asterisk':
    'Asterisk hat die Änderung abgelehnt. Ihr Text bleibt erhalten. Bitte wenden Sie sich an Ihren Administrator.',
  'failure.signed-out': 'Sie sind abgemeldet. Es wurde nichts geändert. Bitte melden Sie sich wieder an.',
  'failure.forbidden':
    'Dazu ist Ihr Konto nicht berechtigt. Es wurde nichts geändert. Bitte wenden Sie sich an Ihren Administrator.',
  'failure.too-many':
    'Das war zu oft in kurzer Zeit. Bitte warten Sie einen Augenblick und versuchen Sie es noch einmal.',
  'failure.wrong-credentials': 'Konto oder Passwort stimmt nicht.',
  'failure.weak-password':
    'Dieses Passwort ist zu leicht zu erraten. Wählen Sie ein längeres, das nichts mit Ihrem Namen oder Ort zu tun hat.',
  'failure.unknown-account':
    'Dieses Konto gibt es nicht mehr. Es wurde nichts geändert. Bitte laden Sie die Seite neu.',
  'failure.unknown-session': 'Diese Sitzung ist bereits beendet.',
  'failure.name-taken': 'Ein Konto mit diesem Namen gibt es schon. Bitte wählen Sie einen anderen.',
  'failure.last-admin':
    'Das ist das letzte Konto, das Konten verwalten darf. Es wurde nichts geändert. Ernennen Sie zuerst einen anderen Administrator.',
  'failure.used-link':
    'Dieser Link wurde bereits benutzt oder ist nicht der neueste. Melden Sie sich an, oder nehmen Sie den Link, der zuletzt im Protokoll des Gateways stand.',
  'failure.fault':
    'In Lampboard ist etwas fehlgeschlagen. Ihre Eingabe bleibt erhalten. Versuchen Sie es noch einmal; bleibt es dabei, sagen Sie es Ihrem Administrator.',
  'failure.conflict':
    'Der Status wurde inzwischen anderswo geändert. Nichts wurde überschrieben: Wählen Sie, welcher gelten soll.',
  'failure.overtaken':
    'Asterisk hat die Änderung übernommen, und gleich darauf hat eine andere sie ersetzt: Wählen Sie, welche gelten soll.',
};
