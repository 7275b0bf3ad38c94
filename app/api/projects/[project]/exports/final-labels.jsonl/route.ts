import { streamFinalLabels } from '@/lib/datasets/exports/data'
import { LABEL_MEDIA } from '@/lib/datasets/exports/rules'
import { downloadHeaders } from '@/lib/datasets/files/rules'
import { mayReadTrainingData } from '@/lib/datasets/policy'
import { projectRoute } from '@/lib/platform/route'

export const GET = projectRoute(mayReadTrainingData, {}, async ({ member }) => {
  const file = await streamFinalLabels(member, 'jsonl')
  const name = `${member.projectSlug}-final-labels.jsonl`
  return new Response(file, { headers: downloadHeaders(name, LABEL_MEDIA.jsonl) })
})
