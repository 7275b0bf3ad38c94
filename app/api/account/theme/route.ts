import { NextResponse } from 'next/server'
import { actorRoute } from '@/lib/platform/route'
import { THEME_COOKIE, themeInput } from '@/lib/users/theme/schema'

const YEAR_SECONDS = 365 * 24 * 3600

export const PUT = actorRoute({ body: themeInput }, async ({ body }) => {
  const response = new NextResponse(null, { status: 204 })
  response.cookies.set(THEME_COOKIE, body.theme, {
    httpOnly: true,
    sameSite: 'lax',
    path: '/',
    maxAge: YEAR_SECONDS,
  })
  return response
})
