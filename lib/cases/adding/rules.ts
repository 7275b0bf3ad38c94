import { createNormaliser, type NewCase } from '@/lib/cases/imports/normalising/rules'
import type { CaseContent } from '@/lib/cases/schema'

const ROLES = { customer: ['customer'], agent: ['agent'], system: ['system'] }

/** As an import would read it from a file: the same texts make the same case. */
const normalise = createNormaliser(
  {
    externalId: null,
    subject: 'subject',
    messages: {
      kind: 'list',
      column: 'messages',
      text: 'text',
      author: 'author',
      role: 'role',
      time: 'time',
      roles: ROLES,
    },
    time: null,
    link: null,
    label: null,
    metadata: [],
  },
  [],
)

/** A single case that someone wrote, in the form in which cases are kept. Throws `BadValue` without text. */
export function normaliseCase({ subject, messages }: CaseContent): NewCase {
  return normalise({ subject, messages })
}
