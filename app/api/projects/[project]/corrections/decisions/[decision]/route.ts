import { projectRoute } from '@/lib/platform/route'
import { undoFoldDecision } from '@/lib/versions/corrections/decisions/mutations'
import { decisionParams } from '@/lib/versions/corrections/decisions/schema'
import { mayEditVersions } from '@/lib/versions/policy'

export const DELETE = projectRoute(
  mayEditVersions,
  { params: decisionParams },
  ({ member, params }) => undoFoldDecision(member, params.decision),
)
