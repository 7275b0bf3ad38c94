import { projectRoute } from '@/lib/platform/route'
import { labelAfterRelease, stopFormerLabelling } from '@/lib/runs/unlabelled/mutations'
import type { StartedLabelling } from '@/lib/runs/unlabelled/schema'
import { mayReadVersions } from '@/lib/versions/policy'
import { listReleases } from '@/lib/versions/releases/data'
import { releaseVersion } from '@/lib/versions/releases/mutations'
import { mayRelease } from '@/lib/versions/releases/policy'
import { releaseInput } from '@/lib/versions/releases/schema'

export const GET = projectRoute(mayReadVersions, {}, ({ member }) => listReleases(member))

export const POST = projectRoute(mayRelease, { body: releaseInput }, async ({ member, body }) => {
  await releaseVersion(member, body.version, body.reason ?? null)
  await stopFormerLabelling(member)
  // After the commit: a server that ends in between leaves the released version's page, which offers it.
  return body.label ? labelAfterRelease(member, body.version) : NOTHING_STARTED
})

const NOTHING_STARTED: StartedLabelling = { runId: null, problem: null }
