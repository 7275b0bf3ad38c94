import { useMutation } from '@tanstack/react-query'
import { api } from '@/lib/platform/http'
import type { AcceptedForm, CsrfAnswer, DemoPerson, SignInInput } from './schema'

/** next-auth wants its own token with every form, beside the origin that is checked as well. */
async function submit(path: string, fields: Record<string, string>) {
  const { csrfToken } = await api.get<CsrfAnswer>('/api/auth/csrf')
  return api.post<AcceptedForm>(`/api/auth/${path}`, { ...fields, csrfToken, json: 'true' })
}

export const useSignIn = () =>
  useMutation({ mutationFn: (input: SignInInput) => submit('callback/password', input) })

export const useDemoSignIn = () =>
  useMutation({ mutationFn: (person: DemoPerson) => submit('callback/demo', { person }) })

/** Answers with the address of the identity provider, to go to next. */
export const useOidcSignIn = () =>
  useMutation({
    mutationFn: (next: string) =>
      submit('signin/oidc', { callbackUrl: new URL(next, window.location.origin).href }),
  })

export const useSignOut = () => useMutation({ mutationFn: () => submit('signout', {}) })
