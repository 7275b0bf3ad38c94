import { checkHealth } from '@/lib/platform/health'
import { publicRoute } from '@/lib/platform/route'

export const dynamic = 'force-dynamic'

export const GET = publicRoute({}, checkHealth)
