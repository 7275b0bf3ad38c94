import { useMutation } from '@tanstack/react-query'
import { api } from '@/lib/platform/http'
import type { AccountInput, AccountView } from './schema'

export const useRedeemLink = (token: string) =>
  useMutation({
    mutationFn: (input: AccountInput) =>
      api.post<AccountView>(`/api/account/links/${encodeURIComponent(token)}`, input),
  })
