import { getTrainingData } from '@/lib/datasets/data'
import { mayReadTrainingData } from '@/lib/datasets/policy'
import { projectRoute } from '@/lib/platform/route'

export const GET = projectRoute(mayReadTrainingData, {}, ({ member }) => getTrainingData(member))
