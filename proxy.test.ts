import { unstable_doesMiddlewareMatch as isProxied } from 'next/experimental/testing/server'
import { NextRequest } from 'next/server'
import { describe, expect, test } from 'vitest'
import { config, proxy } from './proxy'

const SITE = 'http://127.0.0.1:3000'

function open(path: string, cookie = 'next-auth.session-token=x') {
  return proxy(new NextRequest(new URL(path, SITE), { headers: { cookie } }))
}

describe('which paths it stands before', () => {
  test.each(['/', '/sign-in', '/projects/a/review', '/projects/api', '/account/x', '/apiary'])(
    '%s',
    (url) => {
      expect(isProxied({ config, url })).toBe(true)
    },
  )

  test.each([
    '/api/projects/a/imports',
    '/api/projects/a/imports/b/start',
    '/api/auth/callback/password',
    '/_next/static/chunks/main.js',
    '/icon.svg',
  ])('not %s', (url) => {
    expect(isProxied({ config, url })).toBe(false)
  })
})

describe('without a session', () => {
  test('a page leads to sign-in, which remembers it', () => {
    const answer = open('/projects/a/cases?page=2', '')
    const target = new URL(answer.headers.get('location') ?? '')
    expect(target.pathname).toBe('/sign-in')
    expect(target.searchParams.get('next')).toBe('/projects/a/cases?page=2')
  })

  test.each(['/sign-in', '/account/token'])('%s opens', (path) => {
    expect(open(path, '').headers.get('location')).toBeNull()
  })
})

describe('content security policy', () => {
  const policy = (path = '/') => open(path).headers.get('content-security-policy') ?? ''
  const directive = (name: string) =>
    policy()
      .split('; ')
      .find((line) => line.startsWith(`${name} `))

  test('runs only scripts with a nonce that no other answer has', () => {
    const nonces = Array.from({ length: 50 }, () => /'nonce-([^']+)'/.exec(policy())?.[1])
    expect(new Set(nonces).size).toBe(50)
    expect(directive('script-src')).toMatch(/^script-src 'self' 'nonce-\S{24}' 'strict-dynamic'$/)
  })

  test('lets nobody frame the site, and nothing leave it', () => {
    expect(directive('frame-ancestors')).toBe("frame-ancestors 'none'")
    expect(directive('form-action')).toBe("form-action 'self'")
    expect(directive('connect-src')).toBe("connect-src 'self'")
    expect(directive('base-uri')).toBe("base-uri 'self'")
    expect(directive('object-src')).toBe("object-src 'none'")
  })

  test('Next is told the nonce that the browser is told', () => {
    const { headers } = open('/')
    const told = headers.get('x-middleware-request-content-security-policy')
    expect(told).toBe(headers.get('content-security-policy'))
  })
})
