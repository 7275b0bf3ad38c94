import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { z } from 'zod'
import { api } from '@/lib/platform/http'
import { type MemberChange, memberAdded, memberView, type NewMember } from './schema'

const url = (slug: string) => `/api/projects/${slug}/members`

export const membersQuery = (slug: string) =>
  queryOptions({
    queryKey: ['projects', slug, 'members'],
    queryFn: () => api.get(url(slug), z.array(memberView)),
  })

export function useAddMember(slug: string) {
  return useMembersMutation(slug, (input: NewMember) => api.post(url(slug), input, memberAdded))
}

export function useChangeMember(slug: string) {
  return useMembersMutation(slug, ({ userId, ...change }: MemberChange & { userId: string }) =>
    api.patch(`${url(slug)}/${userId}`, change, z.null()),
  )
}

export function useRemoveMember(slug: string) {
  return useMembersMutation(slug, (userId: string) =>
    api.delete(`${url(slug)}/${userId}`, z.null()),
  )
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
