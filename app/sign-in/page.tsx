import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { SignInPage } from '@/components/users/sign-in-page'
import { findActor } from '@/lib/platform/gate'
import { getSignInWays } from '@/lib/users/sign-in/data'
import { safeNext } from '@/lib/users/sign-in/rules'

export const metadata: Metadata = { title: 'Sign in' }

type SignInProps = { searchParams: Promise<{ next?: string | string[]; error?: string }> }

export default async function SignIn({ searchParams }: SignInProps) {
  const { next, error } = await searchParams
  const target = safeNext(typeof next === 'string' ? next : null)
  if (await findActor()) redirect(target)
  return <SignInPage ways={getSignInWays()} next={target} wasRefused={Boolean(error)} />
}
