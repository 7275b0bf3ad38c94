import { Badge, type Tone } from '@/components/ui/badge'
import { RUN_STATUS_WORDS } from '@/lib/runs/rules'
import type { RunStatus } from '@/lib/runs/schema'

const TONES: Record<RunStatus, Tone> = {
  queued: 'neutral',
  running: 'accent',
  paused: 'warn',
  stopping: 'warn',
  stopped: 'warn',
  done: 'good',
  failed: 'bad',
}

export function RunBadge({ status }: { status: RunStatus }) {
  return <Badge tone={TONES[status]}>{RUN_STATUS_WORDS[status]}</Badge>
}
