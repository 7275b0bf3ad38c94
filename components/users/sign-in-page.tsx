'use client'
import { ChevronRight } from 'lucide-react'
import { Notice } from '@/components/ui/notice'
import { DemoPeople } from './demo-people'
import { Entrance } from './entrance'
import { OidcButton } from './oidc-button'
import { PasswordForm } from './password-form'

type SignInPageProps = {
  ways: { hasDemoPeople: boolean; oidcName: string | null }
  /** Path to open after signing in. */
  next: string
  /** The identity provider, or we, did not accept the person it sent back. */
  wasRefused: boolean
}

export function SignInPage({ ways, next, wasRefused }: SignInPageProps) {
  const description = ways.hasDemoPeople
    ? 'This runs on your own machine. Try it as one of four people.'
    : 'Ground truth that can be trusted, from the cases you have.'
  return (
    <Entrance title="Sign in" description={description}>
      {wasRefused ? (
        <Notice tone="bad" title="You were not signed in">
          Nobody has added you to Closecall under that e-mail address, or the identity provider
          refused. Ask an admin to add you.
        </Notice>
      ) : null}
      {ways.hasDemoPeople ? (
        <>
          <DemoPeople next={next} />
          <details className="group">
            <summary className="flex w-fit list-none items-center gap-1.5 rounded-md text-[13px] text-muted hover:text-ink">
              <ChevronRight className="size-4 group-open:rotate-90" aria-hidden />
              Sign in with e-mail and password
            </summary>
            <div className="pt-4">
              <PasswordForm next={next} />
            </div>
          </details>
        </>
      ) : (
        <>
          {ways.oidcName ? <OidcButton name={ways.oidcName} next={next} /> : null}
          <PasswordForm next={next} />
        </>
      )}
    </Entrance>
  )
}
