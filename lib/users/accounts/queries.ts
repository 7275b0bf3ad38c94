import { useMutation } from '@tanstack/react-query'
import { api } from '@/lib/platform/http'
import { type AccountInput, accountView } from './schema'

export const useRedeemLink = (token: string) =>
  useMutation({
    mutationFn: (input: AccountInput) =>
      api.post(`/api/account/links/${encodeURIComponent(token)}`, input, accountView),
  })
