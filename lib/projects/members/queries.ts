import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { api } from '@/lib/platform/http'
import type { MemberAdded, MemberChange, MemberView, NewMember } from './schema'

const url = (slug: string) => `/api/projects/${slug}/members`

export const membersQuery = (slug: string) =>
  queryOptions({
    queryKey: ['projects', slug, 'members'],
    queryFn: () => api.get<MemberView[]>(url(slug)),
  })

export function useAddMember(slug: string) {
  return useMembersMutation(slug, (input: NewMember) => api.post<MemberAdded>(url(slug), input))
}

export function useChangeMember(slug: string) {
  return useMembersMutation(slug, ({ userId, ...change }: MemberChange & { userId: string }) =>
    api.patch<null>(`${url(slug)}/${userId}`, change),
  )
}

export function useRemoveMember(slug: string) {
  return useMembersMutation(slug, (userId: string) => api.delete<null>(`${url(slug)}/${userId}`))
}

function useMembersMutation<Input, Output>(
  slug: string,
  mutationFn: (input: Input) => Promise<Output>,
) {
  const client = useQueryClient()
  return useMutation({
    mutationFn,
    onSettled: () => client.invalidateQueries({ queryKey: membersQuery(slug).queryKey }),
  })
}
