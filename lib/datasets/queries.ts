import { queryOptions } from '@tanstack/react-query'
import { api } from '@/lib/platform/http'
import { versionPath } from '@/lib/versions/rules'
import type { VersionName } from '@/lib/versions/schema'
import type { PersonalData, TrainingDataView } from './schema'

export const trainingDataQuery = (slug: string) =>
  queryOptions({
    queryKey: ['projects', slug, 'training-data'],
    queryFn: () => api.get<TrainingDataView>(`/api/projects/${slug}/training-data`),
  })

export const finalLabelsUrl = (
  slug: string,
  format: 'csv' | 'jsonl',
  personalData: PersonalData,
): string => `/api/projects/${slug}/exports/final-labels.${format}?personalData=${personalData}`

/** Without `personalData` as the project has it. */
export const workbookUrl = (
  slug: string,
  version: VersionName,
  personalData?: PersonalData,
): string =>
  `/api/projects/${slug}/exports/workbook.xlsx?version=${versionPath(version)}${personalData ? `&personalData=${personalData}` : ''}`
