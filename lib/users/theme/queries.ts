import { useMutation } from '@tanstack/react-query'
import { api } from '@/lib/platform/http'
import type { Theme } from './schema'

/** Keeps the choice in this browser. */
export const useChooseTheme = () =>
  useMutation({
    mutationFn: (theme: Theme) => api.put<null>('/api/account/theme', { theme }),
  })
