import type { ProviderLogin } from './start-provider.ts';

/** Cookies of the provider; a reused jar is still signed in. */
type CookieJar = Map<string, string>;

const MAX_STEPS = 12;

/**
 * Signs in at the provider through its form, starting at `url`. Resolves to the first address outside of the
 * provider, without requesting it.
 */
export async function signInAtProvider(options: {
  url: string | URL;
  login: ProviderLogin | 'nobody';
  cookies?: CookieJar;
}): Promise<URL> {
  const { login, cookies = new Map() } = options;
  const { origin } = new URL(options.url);
  let url = new URL(options.url);
  let form: URLSearchParams | undefined;
  for (let step = 0; step < MAX_STEPS; step += 1) {
    if (url.origin !== origin) return url;
    const answer = await fetch(url, {
      redirect: 'manual',
      headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
      ...(form === undefined ? {} : { method: 'POST', body: form }),
    });
    for (const cookie of answer.headers.getSetCookie()) storeCookies(cookies, cookie);
    const location = answer.headers.get('location');
    const page = await answer.text();
    const action = /<form[^>]* action="([^"]+)"/.exec(page)?.[1];
    if (location !== null) {
      url = new URL(location, url);
      form = undefined;
    } else if (answer.ok && action !== undefined && page.includes('name="login"')) {
      url = new URL(action, url);
      form = new URLSearchParams({ prompt: 'login', login, password: 'any' });
    } else {
      throw new Error(`The provider answered ${answer.status} at ${url.pathname}`);
    }
  }
  throw new Error(`The provider leads round in circles, at last to ${url.href}`);
}

function storeCookies(cookies: CookieJar, header: string): void {
  const match = /^([^=]+)=([^;]*)/.exec(header);
  const [, name = '', value = ''] = match ?? [];
  if (value === '') cookies.delete(name);
  else cookies.set(name, value);
}
