import type { APIRequestContext } from '@playwright/test'
import { expect } from './people'

type Category = { categoryId: string; key: string; name: string; description: string }

/** What of a version the tests look at. */
type Version = {
  id: string
  edit: number
  persona: string
  rules: string
  categories: Category[]
  examples: { id: string; externalId: string; enabled: boolean }[]
}

type Candidate = { caseId: string; externalId: string; text: string; labelId: string }

export async function readVersion(
  api: APIRequestContext,
  slug: string,
  ref: string,
): Promise<Version> {
  const answer = await api.get(`/api/projects/${slug}/versions/${ref}`)
  expect(answer.ok(), await answer.text()).toBe(true)
  return answer.json()
}

/** The draft that every project begins with. */
export async function firstDraft(api: APIRequestContext, slug: string): Promise<Version> {
  const [draft] = await (await api.get(`/api/projects/${slug}/versions`)).json()
  return readVersion(api, slug, draft.id)
}

/** A new draft from a version. Gives its id. */
export async function draftFrom(
  api: APIRequestContext,
  slug: string,
  parentId: string,
): Promise<string> {
  const made = await api.post(`/api/projects/${slug}/versions`, { data: { parentId } })
  expect(made.ok(), await made.text()).toBe(true)
  return (await made.json()).id
}

type Said = { text?: string; explanation?: string }

/**
 * Makes a good example of a case with that label which the draft does not show yet. Gives the external
 * id of the case.
 */
export async function addGoodExample(
  api: APIRequestContext,
  slug: string,
  draftId: string,
  label: string,
  { text, explanation = '' }: Said = {},
): Promise<string> {
  const base = `/api/projects/${slug}/versions/${draftId}`
  const { edit, categories } = await readVersion(api, slug, draftId)
  const labelId = categories.find(({ name }) => name === label)?.categoryId ?? ''
  const found = await api.get(`${base}/candidates?${new URLSearchParams({ labelId })}`)
  const [candidate]: Candidate[] = await found.json()
  if (!candidate) throw new Error(`No case is labelled ${label}`)
  const added = await api.post(`${base}/examples`, {
    data: {
      ...{ edit, kind: 'good', caseId: candidate.caseId, labelId, wrongLabelId: null },
      ...{ text: text ?? candidate.text, explanation },
    },
  })
  expect(added.ok(), await added.text()).toBe(true)
  return candidate.externalId
}
