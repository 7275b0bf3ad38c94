import { promptEngineersAndManagers } from '@/lib/platform/access'

export const mayGiveWork = promptEngineersAndManagers
