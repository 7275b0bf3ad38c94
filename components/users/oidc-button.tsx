'use client'
import { KeyRound } from 'lucide-react'
import { Button } from '@/components/ui/button'
import { showError } from '@/components/ui/show-error'
import { useOidcSignIn } from '@/lib/users/sign-in/queries'

export function OidcButton({ name, next }: { name: string; next: string }) {
  const signIn = useOidcSignIn()
  return (
    <Button
      busy={signIn.isPending || signIn.isSuccess}
      onClick={() =>
        signIn.mutate(next, {
          onSuccess: ({ url }) => window.location.assign(url),
          onError: showError,
        })
      }
    >
      <KeyRound aria-hidden />
      Continue with {name}
    </Button>
  )
}
