type Call = (method: string, path: string, body?: unknown, form?: boolean) => Promise<Response>

/** One browser's worth of cookies. */
function openClient(url: string): Call {
  const jar = new Map<string, string>()
  return async (method, path, body, form = false) => {
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
            : typeof body === 'string'
              ? body
              : JSON.stringify(body),
    })
    for (const cookie of response.headers.getSetCookie()) {
      const [pair = ''] = cookie.split(';')
      const at = pair.indexOf('=')
      jar.set(pair.slice(0, at), pair.slice(at + 1))
    }
    return response
  }
}

/** A client whose every failure ends the measurement. */
function strict(call: Call) {
  return async (method: string, path: string, body?: unknown): Promise<Response> => {
    const response = await call(method, path, body)
    if (response.status >= 400) {
      throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`)
    }
    return response
  }
}

export type Caller = ReturnType<typeof strict>

async function enter(call: Call, way: 'demo' | 'password', said: Record<string, string>) {
  const { csrfToken } = (await (await call('GET', '/api/auth/csrf')).json()) as {
    csrfToken: string
  }
  await call('POST', `/api/auth/callback/${way}`, { ...said, csrfToken, json: 'true' }, true)
}

/** Signs in as one of the demo people; the returned function calls the API in their name. */
export async function signIn(
  url: string,
  person: 'reviewer' | 'engineer' | 'manager' | 'admin',
): Promise<Caller> {
  const call = openClient(url)
  await enter(call, 'demo', { person })
  return strict(call)
}

/** Adds a new reviewer to a project and signs them in. */
export async function inviteReviewer(
  url: string,
  manager: Caller,
  slug: string,
  name: string,
): Promise<Caller> {
  const [email, password] = [`${name}@${slug}.example.com`.toLowerCase(), 'correct horse battery']
  const added = await manager('POST', `/api/projects/${slug}/members`, {
    email,
    name,
    role: 'reviewer',
  })
  const { link } = (await added.json()) as { link: string }
  const token = new URL(link).pathname.split('/').at(-1)
  const call = openClient(url)
  await strict(call)('POST', `/api/account/links/${token}`, { name, email, password })
  await enter(call, 'password', { email, password })
  return strict(call)
}
