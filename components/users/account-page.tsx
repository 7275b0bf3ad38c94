import Link from 'next/link'
import { Button } from '@/components/ui/button'
import type { AccountLinkView } from '@/lib/users/accounts/schema'
import { AccountForm } from './account-form'
import { Entrance } from './entrance'

type AccountPageProps = { token: string; link: AccountLinkView | null }

/** What a one-time link opens. */
export function AccountPage({ token, link }: AccountPageProps) {
  if (!link) {
    return (
      <Entrance
        title="This link can’t be used"
        description="It was used before, is too old, or was cut off on its way. Ask whoever sent it for a new one; if you have chosen a password already, sign in."
      >
        <Button asChild variant="primary">
          <Link href="/sign-in">Sign in</Link>
        </Button>
      </Entrance>
    )
  }
  return link.person ? (
    <Entrance
      title={`Welcome, ${link.person.name}`}
      description="Choose a password, and you are in. This link works once."
    >
      <AccountForm token={token} person={link.person} />
    </Entrance>
  ) : (
    <Entrance
      title="Make the first admin"
      description="Admins look after people and projects. This link works once."
    >
      <AccountForm token={token} person={null} />
    </Entrance>
  )
}
