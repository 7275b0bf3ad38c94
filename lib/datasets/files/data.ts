import { getRedaction } from '@/lib/cases/redaction/data'
import { NOTHING_REPLACED } from '@/lib/cases/redaction/outgoing/rules'
import type { RedactionSetting } from '@/lib/cases/redaction/schema'
import type { PersonalData } from '@/lib/datasets/schema'

/**
 * What is replaced in a download: as asked for, else as the project has it; the answer's headers say
 * which. Asked for where the project has it switched off, it is done with what is chosen there.
 */
export async function chooseRedaction(
  projectId: string,
  wanted: PersonalData | undefined,
): Promise<{ redaction: RedactionSetting; headers: { 'x-personal-data': PersonalData } }> {
  const setting = await getRedaction(projectId)
  const on = wanted === undefined ? setting.on : wanted === 'replaced'
  return {
    redaction: on ? { ...setting, on } : NOTHING_REPLACED,
    headers: { 'x-personal-data': on ? 'replaced' : 'kept' },
  }
}
