import { chooseRedaction } from '@/lib/datasets/files/data'
import { downloadHeaders } from '@/lib/datasets/files/rules'
import { mayReadTrainingData } from '@/lib/datasets/policy'
import { workbookQuery } from '@/lib/datasets/schema'
import { makeWorkbook } from '@/lib/datasets/workbooks/data'
import { projectRoute } from '@/lib/platform/route'

const MEDIA_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

export const GET = projectRoute(
  mayReadTrainingData,
  { query: workbookQuery },
  async ({ member, query }) => {
    const { redaction, headers } = await chooseRedaction(member.projectId, query.personalData)
    const { fileName, bytes } = await makeWorkbook(member, query.version, undefined, redaction)
    return new Response(new Uint8Array(bytes), {
      headers: { ...downloadHeaders(fileName, MEDIA_TYPE), ...headers },
    })
  },
)
