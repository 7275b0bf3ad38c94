import { z } from 'zod'

/** What reviewers are told of check cases before they meet one. */
const checkShare = z.object({
  /** Per cent of what is handed out; 0 where there are none. */
  share: z.number(),
  /** The known answer is shown after each. */
  feedback: z.boolean(),
})

export type CheckShare = z.infer<typeof checkShare>
