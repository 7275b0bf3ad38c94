import { type Shingles, shinglesOf } from '@/lib/cases/pools/similarity/rules'
import type { CaseContent } from '@/lib/cases/schema'
import { readExampleCase } from '../examples/rules'

/**
 * Prefix of a project's advisory lock: whoever writes the text of an example holds it with others who do,
 * whoever puts cases into pools holds it alone. So each sees what the other has done. It is taken
 * before any row is locked.
 */
export const EXAMPLES_LOCK = 'examples:'

/**
 * What the text of an example is compared by, in both ways in which a case may say the same: word for
 * word, and without the names of who speaks.
 */
export function shinglesOfExample(text: string): Shingles[] {
  const spoken = readExampleCase(text)
  const written: CaseContent = {
    subject: '',
    messages: [{ author: '', role: 'customer', time: null, text }],
  }
  return spoken.messages.length === 1 && spoken.messages[0]?.text === text
    ? [shinglesOf(written)]
    : [shinglesOf(written), shinglesOf(spoken)]
}
