/** Signs in as one of the demo people; the returned function calls the API in their name. */
export async function signIn(url: string, person: 'reviewer' | 'engineer' | 'manager' | 'admin') {
  const jar = new Map<string, string>()
  async function call(
    method: string,
    path: string,
    body?: unknown,
    form = false,
  ): Promise<Response> {
    const response = await fetch(new URL(path, url), {
      method,
      redirect: 'manual',
      headers: {
        origin: new URL(url).origin,
        cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; '),
        ...(body === undefined
          ? {}
          : { 'content-type': form ? 'application/x-www-form-urlencoded' : 'application/json' }),
      },
      body:
        body === undefined
          ? undefined
          : form
            ? new URLSearchParams(body as Record<string, string>)
            : JSON.stringify(body),
    })
    for (const cookie of response.headers.getSetCookie()) {
      const [pair = ''] = cookie.split(';')
      const at = pair.indexOf('=')
      jar.set(pair.slice(0, at), pair.slice(at + 1))
    }
    return response
  }
  const { csrfToken } = (await (await call('GET', '/api/auth/csrf')).json()) as {
    csrfToken: string
  }
  await call('POST', '/api/auth/callback/demo', { person, csrfToken, json: 'true' }, true)
  return async (method: string, path: string, body?: unknown): Promise<Response> => {
    const response = await call(method, path, body)
    if (response.status >= 400) {
      throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`)
    }
    return response
  }
}

export type Caller = Awaited<ReturnType<typeof signIn>>
