import { listLabelRows, streamFinalLabels } from '@/lib/datasets/exports/data'
import { LABEL_MEDIA } from '@/lib/datasets/exports/rules'
import { chooseRedaction } from '@/lib/datasets/files/data'
import { downloadHeaders } from '@/lib/datasets/files/rules'
import { mayReadTrainingData } from '@/lib/datasets/policy'
import { labelsQuery } from '@/lib/datasets/schema'
import { projectRoute } from '@/lib/platform/route'

export const GET = projectRoute(
  mayReadTrainingData,
  { query: labelsQuery },
  async ({ member, query }) => {
    const { redaction, headers } = await chooseRedaction(member.projectId, query.personalData)
    const file = await streamFinalLabels(member, 'csv', listLabelRows, redaction)
    const name = `${member.projectSlug}-final-labels.csv`
    return new Response(file, {
      headers: { ...downloadHeaders(name, LABEL_MEDIA.csv), ...headers },
    })
  },
)
