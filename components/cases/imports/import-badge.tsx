import { Badge } from '@/components/ui/badge'
import type { ImportView } from '@/lib/cases/imports/schema'

const LOOKS = {
  uploading: ['accent', 'Uploading'],
  ready: ['warn', 'Waits for you'],
  running: ['accent', 'Importing'],
  rejected: ['bad', 'Nothing imported'],
  done: ['good', 'Imported'],
  failed: ['bad', 'Failed'],
} as const

export function ImportBadge({ found }: { found: ImportView }) {
  if (found.status === 'done' && !found.pooledAt) return <Badge tone="accent">Sorting</Badge>
  const [tone, word] = LOOKS[found.status]
  return <Badge tone={tone}>{word}</Badge>
}
