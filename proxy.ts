import { randomBytes } from 'node:crypto'
import { type NextRequest, NextResponse } from 'next/server'

const SESSION_COOKIES = ['next-auth.session-token', '__Secure-next-auth.session-token']

/** Pages that are meant for people without a session. */
const isOpen = (path: string) => path === '/sign-in' || path.startsWith('/account/')

/**
 * Runs before every page: a content security policy with a nonce of its own for each answer, and a
 * hint towards sign-in. Whether a session is valid and what it allows is decided by the gate alone.
 */
export function proxy(request: NextRequest): NextResponse {
  const { pathname, search } = request.nextUrl
  const hasSession = SESSION_COOKIES.some((name) => request.cookies.has(name))
  if (!hasSession && !isOpen(pathname)) {
    const signIn = new URL('/sign-in', request.url)
    if (pathname !== '/') signIn.searchParams.set('next', pathname + search)
    return NextResponse.redirect(signIn)
  }
  const policy = contentSecurityPolicy(randomBytes(16).toString('base64'))
  // Next reads the nonce from the request and puts it on every script it writes.
  const headers = new Headers(request.headers)
  headers.set('content-security-policy', policy)
  const response = NextResponse.next({ request: { headers } })
  response.headers.set('content-security-policy', policy)
  return response
}

function contentSecurityPolicy(nonce: string): string {
  // React's development build evaluates strings to rebuild server stacks; the product's never does.
  const development = process.env.NODE_ENV === 'development' ? " 'unsafe-eval'" : ''
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${development}`,
    // Charts, tooltips and toasts place themselves by style attributes.
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ')
}

export const config = {
  /*
   * Not the API: Next cuts request bodies at 10 MB, with status 200, on every path that a matcher
   * covers, and files are uploaded there. Its headers come from next.config.js.
   */
  matcher: ['/((?!api/|_next/static|_next/image|favicon.ico|icon.svg).*)'],
}
