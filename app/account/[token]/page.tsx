import type { Metadata } from 'next'
import { AccountPage } from '@/components/users/account-page'
import { findAccountLink } from '@/lib/users/accounts/data'

export const metadata: Metadata = { title: 'Your account' }

export default async function Account({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params
  return <AccountPage token={token} link={await findAccountLink(token)} />
}
