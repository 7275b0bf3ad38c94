import { useMutation } from '@tanstack/react-query'
import { signOut } from 'next-auth/react'

/** Ends the session and loads the sign-in page anew, so that nothing stays in the browser's memory. */
export const useSignOut = () =>
  useMutation({ mutationFn: () => signOut({ callbackUrl: '/sign-in' }) })
