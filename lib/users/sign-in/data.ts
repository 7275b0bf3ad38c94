import { db } from '@/lib/platform/database'
import { env } from '@/lib/platform/env'

/** The ways to sign in that this installation has. */
export function getSignInWays(): { hasDemoPeople: boolean; oidcName: string | null } {
  const { CLOSECALL_MODE, OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_NAME } = env()
  return {
    hasDemoPeople: CLOSECALL_MODE === 'local',
    oidcName: OIDC_ISSUER && OIDC_CLIENT_ID ? OIDC_NAME : null,
  }
}

/** The person whom an identity provider vouches for; null when nobody has added them. */
export async function findUserIdByEmail(email: string): Promise<string | null> {
  const user = await db.user.findFirst({
    where: { email: email.trim().toLowerCase(), disabledAt: null },
    select: { id: true },
  })
  return user?.id ?? null
}
