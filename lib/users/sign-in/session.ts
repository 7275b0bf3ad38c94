import type { NextAuthOptions } from 'next-auth'
import CredentialsProvider from 'next-auth/providers/credentials'
import { type ZodType, z } from 'zod'
import { env } from '@/lib/platform/env'
import { invalid } from '@/lib/platform/errors'
import { findUserIdByEmail } from './data'
import { signInAsDemo, signInWithPassword } from './mutations'
import { clientAddress } from './rules'
import { demoPerson, signInInput } from './schema'

// Beside the file vocabulary because it is none of it: the settings of a library, which tie the
// writes of this folder to its route. The session's other half, reading it, is lib/platform/session.

const DAY_SECONDS = 24 * 3600

/** What a provider is told of a person who signs in with an identity provider. */
const oidcProfile = z.object({
  sub: z.string(),
  email: z.email(),
  email_verified: z.boolean().optional(),
  name: z.string().optional(),
})

type Refuse = (error: unknown) => void

/**
 * next-auth's settings. It turns what a provider throws into a redirect to an error page; `refuse`
 * gets the error itself, so that the route can answer with it as every route does.
 */
export function authOptions(refuse: Refuse): NextAuthOptions {
  const { CLOSECALL_MODE, NEXTAUTH_SECRET, NEXTAUTH_URL } = env()
  return {
    secret: NEXTAUTH_SECRET,
    useSecureCookies: NEXTAUTH_URL.startsWith('https:'),
    session: { strategy: 'jwt', maxAge: 14 * DAY_SECONDS },
    pages: { signIn: '/sign-in', error: '/sign-in' },
    providers: [
      password(refuse),
      ...(CLOSECALL_MODE === 'local' ? [demo(refuse)] : []),
      ...oidcProviders(),
    ],
    callbacks: {
      async signIn({ account, user }) {
        return account?.provider !== 'oidc' || (await findUserIdByEmail(user.email ?? '')) !== null
      },
      // The cookie says who, nothing else: what they may do is read at every request.
      async jwt({ token, account, user }) {
        if (account?.provider !== 'oidc') return { sub: token.sub }
        return { sub: (await findUserIdByEmail(user.email ?? '')) ?? undefined }
      },
      session: ({ session }) => ({ expires: session.expires }),
    },
  }
}

function password(refuse: Refuse) {
  return CredentialsProvider({
    id: 'password',
    credentials: { email: {}, password: {} },
    authorize: (credentials, request) =>
      accept(refuse, async () => {
        const address = clientAddress(request.headers?.['x-forwarded-for'])
        return signInWithPassword(read(signInInput, credentials), address)
      }),
  })
}

/** Exists in local mode only, where nobody but the machine's own people can reach the site. */
function demo(refuse: Refuse) {
  return CredentialsProvider({
    id: 'demo',
    credentials: { person: {} },
    authorize: (credentials) =>
      accept(refuse, async () => signInAsDemo(read(demoPerson, credentials?.person))),
  })
}

function read<T>(schema: ZodType<T>, value: unknown): T {
  const result = schema.safeParse(value)
  if (!result.success) throw invalid(result.error.issues[0]?.message ?? 'This is not valid.')
  return result.data
}

async function accept(refuse: Refuse, findId: () => Promise<string>) {
  try {
    return { id: await findId() }
  } catch (error) {
    refuse(error)
    throw error
  }
}

function oidcProviders(): NextAuthOptions['providers'] {
  const { OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET, OIDC_NAME } = env()
  if (!OIDC_ISSUER || !OIDC_CLIENT_ID) return []
  return [
    {
      id: 'oidc',
      name: OIDC_NAME,
      type: 'oauth',
      wellKnown: `${OIDC_ISSUER.replace(/\/$/, '')}/.well-known/openid-configuration`,
      clientId: OIDC_CLIENT_ID,
      clientSecret: OIDC_CLIENT_SECRET,
      authorization: { params: { scope: 'openid email profile' } },
      idToken: true,
      checks: ['pkce', 'state', 'nonce'],
      profile(claims: unknown) {
        const profile = oidcProfile.parse(claims)
        // Some providers never send the claim; one that says "not verified" is believed.
        const isTrusted = profile.email_verified !== false
        return { id: profile.sub, email: isTrusted ? profile.email : '', name: profile.name }
      },
    },
  ]
}
