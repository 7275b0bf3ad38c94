import type { NextRequest } from 'next/server'
import NextAuth from 'next-auth'
import { publicRoute } from '@/lib/platform/route'
import { authOptions } from '@/lib/users/sign-in/session'

type Context = { params: Promise<{ nextauth: string[] }> }

/** next-auth behind the checks and the error answers of all other routes. */
async function handle(request: NextRequest, context: Context): Promise<Response> {
  const params = await context.params
  const route = publicRoute({}, async () => {
    let refusal: unknown
    const options = authOptions((error) => {
      refusal = error
    })
    const response: Response = await NextAuth(request, { params }, options)
    if (refusal) throw refusal
    return response
  })
  return route(request, { params: Promise.resolve({}) })
}

export { handle as GET, handle as POST }
