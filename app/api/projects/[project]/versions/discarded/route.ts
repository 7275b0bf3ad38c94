import { projectRoute } from '@/lib/platform/route'
import { listDiscardedDrafts } from '@/lib/versions/history/data'
import { mayReadVersions } from '@/lib/versions/policy'

export const GET = projectRoute(mayReadVersions, {}, ({ member }) => listDiscardedDrafts(member))
