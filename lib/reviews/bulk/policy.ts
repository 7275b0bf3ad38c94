import { promptEngineers } from '@/lib/platform/access'

/** Who knows the prompt answers for what is confirmed unread. */
export const mayConfirmBulk = promptEngineers
