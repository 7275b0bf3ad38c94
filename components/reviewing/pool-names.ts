import type { Pool } from '@/lib/cases/schema'

export const POOL_NAMES: Record<Pool, string> = {
  example: 'Example pool',
  dev: 'Dev pool',
  test: 'Test pool',
}
