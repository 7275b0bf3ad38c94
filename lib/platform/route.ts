import { NextResponse } from 'next/server'
import type { ZodType } from 'zod'
import type { Actor, Member, Policy } from './access'
import { explainDatabaseError } from './database-errors'
import { env } from './env'
import { AppError, ERROR_STATUS, type ErrorBody } from './errors'
import { findActor, requireActor, requireMember } from './gate'
import { PERSON_HEADER } from './http'
import { log } from './log'
import { checkOrigin } from './origin'

/** Bodies that are parsed are small; files are streamed by routes without a `body` schema. */
const MAX_BODY_BYTES = 8 * 1024 * 1024

type Shape<Params, Query, Body> = {
  params?: ZodType<Params>
  query?: ZodType<Query>
  body?: ZodType<Body>
}

type Input<Params, Query, Body> = { request: Request; params: Params; query: Query; body: Body }

type Handler<Who, P, Q, B> = (input: Input<P, Q, B> & Who) => Promise<unknown>

type NextHandler = (
  request: Request,
  context: { params: Promise<Record<string, string>> },
) => Promise<Response>

/** A route below `/api/projects/[project]`: session, membership, policy, parsing, error → status. */
export function projectRoute<P = unknown, Q = unknown, B = unknown>(
  policy: Policy,
  shape: Shape<P, Q, B>,
  handler: Handler<{ member: Member }, P, Q, B>,
): NextHandler {
  return answer(shape, handler, async (params, request) => {
    const member = await requireMember(params.project ?? '', policy)
    checkPerson(request, member.userId)
    return { member }
  })
}

/** A route for anyone who is signed in; what they may do depends on their memberships. */
export function actorRoute<P = unknown, Q = unknown, B = unknown>(
  shape: Shape<P, Q, B>,
  handler: Handler<{ actor: Actor }, P, Q, B>,
): NextHandler {
  return answer(shape, handler, async () => ({ actor: await requireActor() }))
}

/** A route that needs no session: health, and links that are opened before signing in. */
export function publicRoute<P = unknown, Q = unknown, B = unknown>(
  shape: Shape<P, Q, B>,
  handler: Handler<{ actor: Actor | null }, P, Q, B>,
): NextHandler {
  return answer(shape, handler, async () => ({ actor: await findActor() }))
}

function answer<Who, P, Q, B>(
  shape: Shape<P, Q, B>,
  handler: Handler<Who, P, Q, B>,
  authorise: (params: Record<string, string>, request: Request) => Promise<Who>,
): NextHandler {
  return async (request, context) => {
    try {
      const { CLOSECALL_MODE, NEXTAUTH_URL } = env()
      checkOrigin(request, CLOSECALL_MODE, NEXTAUTH_URL)
      const rawParams = await context.params
      // Who comes before what: a stranger learns nothing from how a request is parsed.
      const who = await authorise(rawParams, request)
      const input = {
        request,
        params: parse(shape.params, rawParams),
        query: parse(shape.query, Object.fromEntries(new URL(request.url).searchParams)),
        body: shape.body ? parse(shape.body, await readJson(request)) : undefined,
      } as Input<P, Q, B>
      const result = await handler({ ...input, ...who })
      if (result instanceof Response) return result
      if (result === undefined || result === null) return new NextResponse(null, { status: 204 })
      return NextResponse.json(result, { headers: { 'cache-control': 'no-store' } })
    } catch (error) {
      return errorResponse(error, request)
    }
  }
}

/** What one person said must not be taken for the words of who has signed in since. */
function checkPerson(request: Request, userId: string): void {
  const person = request.headers.get(PERSON_HEADER)
  if (person === null || person === userId) return
  throw new AppError(
    'unauthenticated',
    'Someone else is signed in here now. Sign in as yourself to go on.',
  )
}

function parse<T>(schema: ZodType<T> | undefined, value: unknown): T {
  if (!schema) return value as T
  const result = schema.safeParse(value)
  if (result.success) return result.data
  const fields = Object.fromEntries(
    result.error.issues.map((issue) => [issue.path.join('.'), issue.message]),
  )
  const first = result.error.issues[0]
  const where = first?.path.length ? `${first.path.join('.')}: ` : ''
  throw new AppError('invalid', `${where}${first?.message ?? 'The request is not valid.'}`, fields)
}

async function readJson(request: Request): Promise<unknown> {
  if (Number(request.headers.get('content-length') ?? 0) > MAX_BODY_BYTES) {
    throw new AppError('too_large', 'The request is larger than 8 MB.')
  }
  const text = await request.text()
  if (text.length > MAX_BODY_BYTES) {
    throw new AppError('too_large', 'The request is larger than 8 MB.')
  }
  try {
    return JSON.parse(text)
  } catch {
    throw new AppError('invalid', 'The request is not valid JSON.')
  }
}

/** Without what may be private in an address: a search's words, a one-time link's token. */
function placeOf(request: Request): string {
  return new URL(request.url).pathname.replace(/(\/links\/)[^/]+/, '$1…')
}

function errorResponse(error: unknown, request: Request): Response {
  const known = error instanceof AppError ? error : explainDatabaseError(error)
  if (!known) log.error({ error, method: request.method, path: placeOf(request) }, 'request failed')
  const body: ErrorBody = {
    error: {
      code: known?.code ?? 'internal',
      message: known?.message ?? 'Something went wrong on our side. Nothing was changed.',
      fields: known?.fields ?? {},
    },
  }
  return NextResponse.json(body, { status: ERROR_STATUS[body.error.code] })
}
