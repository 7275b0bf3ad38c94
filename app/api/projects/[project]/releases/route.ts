import { projectRoute } from '@/lib/platform/route'
import { followRelease } from '@/lib/runs/unlabelled/mutations'
import { mayReadVersions } from '@/lib/versions/policy'
import { listReleases } from '@/lib/versions/releases/data'
import { releaseVersion } from '@/lib/versions/releases/mutations'
import { mayRelease } from '@/lib/versions/releases/policy'
import { releaseInput } from '@/lib/versions/releases/schema'

export const GET = projectRoute(mayReadVersions, {}, ({ member }) => listReleases(member))

export const POST = projectRoute(mayRelease, { body: releaseInput }, async ({ member, body }) => {
  await releaseVersion(member, body.version, body.reason ?? null)
  return followRelease(member, body)
})
